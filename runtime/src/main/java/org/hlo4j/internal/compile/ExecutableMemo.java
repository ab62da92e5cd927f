package org.hlo4j.internal.compile;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.hlo4j.internal.thread.DaemonPool;
import org.jspecify.annotations.Nullable;

/**
 * Executables by key: each is created once, also for concurrent requests. Failures are not kept, so
 * that a new request tries again.
 *
 * @param <K> the key
 * @param <E> the executable
 */
public final class ExecutableMemo<K, E> {
  /** XLA recurses over programs; Java's default stack is smaller than a C++ program's. */
  private static final long STACK_BYTES = 64L << 20;

  public static final Executor COMPILERS =
      DaemonPool.bounded("hlo4j-compiler", Runtime.getRuntime().availableProcessors(), STACK_BYTES);

  private final ConcurrentHashMap<K, CompletableFuture<E>> executables = new ConcurrentHashMap<>();

  /** Creates an executable. */
  public interface Maker<E> {
    /**
     * Creates it.
     *
     * @param forget makes the next request create another one
     */
    E make(Runnable forget);
  }

  /** Returns the executable, created now on another thread on the first request. */
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

  /** Returns the executable, or null if it was never requested. */
  public @Nullable CompletableFuture<E> known(K key) {
    return executables.get(key);
  }

  /** Creates an executable that was not requested, and returns it to later requests. */
  public E add(K key, Maker<E> maker) {
    CompletableFuture<E> future = new CompletableFuture<>();
    E executable = maker.make(() -> executables.remove(key, future));
    future.complete(executable);
    executables.putIfAbsent(key, future);
    return executable;
  }
}
