package org.hlo4j.processor.verify;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.hlo4j.Pjrt;
import org.hlo4j.annotation.Kernels;
import org.hlo4j.internal.cache.DiskCache;

/**
 * Has programs parsed, verified and compiled by XLA itself. It runs in child processes, since there
 * are programs that end the process or never end; such a program loses its own verdict and no
 * other. Children come when a program needs one, and are gone when the verifier is closed, or when
 * this process ends, however it does. Safe for use by many threads.
 */
public final class Verifier implements AutoCloseable {
  private static final int MOST_CHILDREN = 4;

  private final VerdictCache cache;
  private final Workers workers;
  private final ConcurrentMap<String, CompletableFuture<Verdict>> asked = new ConcurrentHashMap<>();

  /**
   * Creates a verifier.
   *
   * @param command starts the children, which have one plugin
   * @param fingerprint the plugin's, which tells it from others
   * @param cache keeps verdicts from one build to the next
   * @param limit the time limit for one program; it ought to be generous
   */
  public Verifier(
      ChildCommand command, String fingerprint, Optional<DiskCache> cache, Duration limit) {
    this.cache = new VerdictCache(cache, fingerprint);
    int processors = Runtime.getRuntime().availableProcessors();
    this.workers = new Workers(command, limit, Math.clamp(processors, 1, MOST_CHILDREN));
  }

  /** Returns the command that starts children with a plugin. */
  public static ChildCommand commandFor(Path plugin) {
    return new JavaCommand(
        List.of(VerifierMain.class, Pjrt.class, Kernels.class),
        VerifierMain.class.getName(),
        List.of(plugin.toString()));
  }

  /**
   * Asks for the verdict on a program, and answers at once. Equal programs share one verdict; one
   * that an earlier build has got is there already.
   */
  public CompletableFuture<Verdict> submit(Request request) {
    String key = cache.keyOf(request);
    CompletableFuture<Verdict> mine = new CompletableFuture<>();
    CompletableFuture<Verdict> known = asked.putIfAbsent(key, mine);
    if (known != null) {
      return known.copy();
    }
    Optional<Verdict> kept = cache.find(key);
    if (kept.isPresent()) {
      mine.complete(kept.get());
    } else {
      CompletableFuture<Void> unused =
          workers.submit(request).thenAccept(verdict -> finish(key, verdict, mine));
    }
    return mine.copy();
  }

  private void finish(String key, Verdict verdict, CompletableFuture<Verdict> asker) {
    try {
      cache.keep(key, verdict);
    } finally {
      asker.complete(verdict);
    }
  }

  /** Ends all children; programs that wait for them get no verdict. */
  @Override
  public void close() {
    workers.close();
  }
}
