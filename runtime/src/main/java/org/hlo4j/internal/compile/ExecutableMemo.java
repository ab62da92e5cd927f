package org.hlo4j.internal.compile;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.hlo4j.internal.thread.DaemonPool;
import org.jspecify.annotations.Nullable;

/**
 * Executables by what they are found by: each is made once, whoever asks first and however many ask
 * at once. A failure is forgotten, so that asking again tries again.
 *
 * @param <K> what an executable is found by
 * @param <E> the executable
 */
public final class ExecutableMemo<K, E> {
  /** XLA recurses over programs; Java's default stack would not hold what C++ programs give it. */
  private static final long STACK_BYTES = 64L << 20;

  public static final Executor COMPILERS =
      DaemonPool.bounded("hlo4j-compiler", Runtime.getRuntime().availableProcessors(), STACK_BYTES);

  private final ConcurrentHashMap<K, CompletableFuture<E>> executables = new ConcurrentHashMap<>();

  /** Makes an executable. */
  public interface Maker<E> {
    /**
     * Makes it.
     *
     * @param forget has the next one who asks make another
     */
    E make(Runnable forget);
  }

  /** The executable, made now by another thread if nobody has asked for it. */
  public CompletableFuture<E> get(K key, Maker<E> maker) {
    CompletableFuture<E> known = executables.get(key);
    if (known != null) {
      return known;
    }
    CompletableFuture<E> mine = new CompletableFuture<>();
    CompletableFuture<E> others = executables.putIfAbsent(key, mine);
    if (others != null) {
      return others;
    }
    COMPILERS.execute(() -> run(key, maker, mine));
    return mine;
  }

  private void run(K key, Maker<E> maker, CompletableFuture<E> future) {
    try {
      future.complete(maker.make(() -> executables.remove(key, future)));
    } catch (Throwable e) {
      executables.remove(key, future);
      future.completeExceptionally(e);
    }
  }

  /** The executable, or null if nobody has asked for it. */
  public @Nullable CompletableFuture<E> known(K key) {
    return executables.get(key);
  }

  /** Makes an executable that was not asked for, and has it found from now on. */
  public E add(K key, Maker<E> maker) {
    CompletableFuture<E> future = new CompletableFuture<>();
    E executable = maker.make(() -> executables.remove(key, future));
    future.complete(executable);
    executables.putIfAbsent(key, future);
    return executable;
  }
}
