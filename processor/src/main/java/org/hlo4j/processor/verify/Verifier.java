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
 * Parses, verifies and compiles programs with XLA, in child processes, since some programs abort
 * the process or never finish; such a program only affects its own verdict. Children are started on
 * demand, and end with the verifier, or with this process in any case. Safe for use by multiple
 * threads.
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
   * @param fingerprint the plugin's fingerprint
   * @param cache keeps verdicts between builds
   * @param limit the time limit for one program, which should be generous
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
   * Requests the verdict on a program, without waiting. Equal programs share one verdict; cached
   * ones are complete at once.
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

  /** Ends all children; pending programs get no verdict. */
  @Override
  public void close() {
    workers.close();
  }
}
