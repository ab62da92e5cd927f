package org.hlo4j.examples.serve;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.hlo4j.examples.digits.Digits;

/** Many clients, each of which asks for a digit as soon as it has the answer to its last. */
final class LoadRun {
  /** Asks for the digit that an image shows. */
  interface Caller {
    int digit(byte[] image);
  }

  /**
   * What came of it.
   *
   * @param latencies of each request, in nanoseconds, shortest first
   * @param right how many answers were
   */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares them
  record Outcome(double seconds, long[] latencies, int right) {
    double perSecond() {
      return latencies.length / seconds;
    }

    /** The milliseconds within which a share of the requests was answered. */
    double milliseconds(double share) {
      int index = (int) Math.ceil(share * latencies.length) - 1;
      return latencies[Math.max(0, index)] / 1e6;
    }
  }

  private final Caller caller;
  private final Digits digits;
  private final long[] latencies;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger right = new AtomicInteger();

  private LoadRun(Caller caller, Digits digits, int requests) {
    this.caller = caller;
    this.digits = digits;
    this.latencies = new long[requests];
  }

  static Outcome run(Caller caller, Digits digits, int clients, int requests) {
    return new LoadRun(caller, digits, requests).run(clients);
  }

  private Outcome run(int clients) {
    long start = System.nanoTime();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < clients; i++) {
        running.add(threads.submit(this::ask));
      }
      for (Future<?> client : running) {
        var unused = client.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("a request failed: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the load run was interrupted", e);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    Arrays.sort(latencies);
    return new Outcome(seconds, latencies, right.get());
  }

  private void ask() {
    for (int i = next.getAndIncrement(); i < latencies.length; i = next.getAndIncrement()) {
      int place = i % digits.count();
      long start = System.nanoTime();
      int digit = caller.digit(digits.image(place));
      latencies[i] = System.nanoTime() - start;
      if (digit == digits.labels()[place]) {
        right.incrementAndGet();
      }
    }
  }
}
