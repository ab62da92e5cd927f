package org.hlo4j;

import static com.google.common.truth.Truth.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.hlo4j.internal.compile.DiskExecutableCache;
import org.hlo4j.internal.device.CallsInFlight;
import org.hlo4j.internal.pjrt.FaultPlugin;
import org.hlo4j.internal.pjrt.abi.PjrtFunction;
import org.hlo4j.plugin.PluginLocation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Eight threads use one client in every way, many times, on a plugin that counts: the numbers are
 * right, what is made is destroyed once and not used after, and memory does not grow.
 */
@Tag("plugins")
final class ManyCallsTest {
  private static final int THREADS = 8;

  /** What the JVM takes more for its own compiled code, caches and the collector's leeway. */
  private static final long LEEWAY_KB = 64 << 10;

  private final PluginLocation location = plugin();
  private final FaultPlugin plugin = new FaultPlugin(location.library());

  private static PluginLocation plugin() {
    try (Pjrt client = Pjrt.open()) {
      return client.plugin();
    }
  }

  @Test
  void thirtyThousandCallsFromEightThreadsKeepNothing() throws Exception {
    run(30_000);
  }

  @Test
  @Tag("heavy")
  void aMillionCallsFromEightThreadsKeepNothing() throws Exception {
    run(1_000_000);
  }

  private void run(long calls) throws Exception {
    plugin.arm(null);
    long begin = System.nanoTime();
    long rssAtHalf;
    long rss;
    try (Pjrt client =
        Pjrt.of(
            location,
            plugin.newClient(Map.of("cpu_device_count", 2L)),
            DiskExecutableCache.off(),
            CallsInFlight::ofThePlugin)) {
      try (CallMixture.Shared shared = new CallMixture.Shared(client)) {
        callFromAllThreads(shared, calls / 2, 0);
        rssAtHalf = settledMemory();
        callFromAllThreads(shared, calls / 2, THREADS);
        shared.check();
      }
      awaitNothingOpenExceptTheClient();
      rss = settledMemory();
      assertThat(client.isClosed()).isFalse();
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    System.out.printf(
        Locale.ROOT,
        "%,d calls from %d threads in %.1f s, %,d handles made and destroyed, %,d kB resident at"
            + " half, %,d kB at the end%n",
        plugin.calls(PjrtFunction.PJRT_LoadedExecutable_Execute),
        THREADS,
        seconds,
        plugin.created(),
        rssAtHalf,
        rss);
    assertThat(plugin.violations()).isEmpty();
    assertThat((long) plugin.calls(PjrtFunction.PJRT_LoadedExecutable_Execute)).isAtLeast(calls);
    assertThat(rss).isAtMost(rssAtHalf + rssAtHalf / 4 + LEEWAY_KB);
  }

  private static void callFromAllThreads(CallMixture.Shared shared, long calls, int firstSeed)
      throws ExecutionException, InterruptedException {
    AtomicLong left = new AtomicLong(calls);
    List<Callable<Integer>> tasks = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      CallMixture mixture = new CallMixture(shared, firstSeed + i);
      tasks.add(
          () -> {
            int steps = 0;
            while (left.get() > 0) {
              long unused = left.addAndGet(-mixture.step());
              steps++;
            }
            return steps;
          });
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      for (Future<Integer> steps : threads.invokeAll(tasks)) {
        assertThat(steps.get()).isGreaterThan(0);
      }
    }
  }

  /** Waits until the collector, and what runs after it, have freed what nobody holds. */
  private void awaitNothingOpenExceptTheClient() {
    Await.until(
        () -> {
          System.gc();
          return open().isEmpty();
        });
  }

  private Map<String, Integer> open() {
    Map<String, Integer> open = plugin.open();
    open.computeIfPresent("PJRT_Client", (kind, count) -> count > 1 ? count - 1 : null);
    return open;
  }

  /** The memory that the process has, in kB, when no more comes free. */
  private static long settledMemory() throws IOException {
    long now = Long.MAX_VALUE;
    long before;
    do {
      before = now;
      System.gc();
      LockSupport.parkNanos(50_000_000);
      now = residentMemory();
    } while (now < before - before / 50);
    return now;
  }

  private static long residentMemory() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    throw new IOException("/proc/self/status has no VmRSS");
  }
}
