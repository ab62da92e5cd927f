package org.hlo4j.internal.device;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.hlo4j.error.PromiseInterruptedException;
import org.hlo4j.internal.promise.Completion;
import org.hlo4j.internal.promise.PromiseFuture;

/**
 * Starts programs whose devices wait for each other one after another, so that they reach all
 * devices in the same order. On a CPU client each also waits for the previous one to end: its
 * devices share a thread pool, in which two concurrent programs may deadlock. Safe for use by
 * multiple threads.
 */
public final class LaunchGate {
  private final Lock lock = new ReentrantLock();
  private final boolean oneAtATime;
  private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);

  /** Creates a gate that admits one program at a time, or only one launch at a time. */
  LaunchGate(boolean oneAtATime) {
    this.oneAtATime = oneAtATime;
  }

  /**
   * Starts a program.
   *
   * @param meets whether its devices wait for each other
   * @param launch starts it, and returns its results
   * @param endOf completes when it has ended on all devices
   * @throws PromiseInterruptedException if the thread is interrupted while waiting for the previous
   *     program; nothing was started then
   */
  public <R> R pass(boolean meets, Supplier<R> launch, Function<R, CompletableFuture<Void>> endOf) {
    lock.lock();
    try {
      if (!meets || !oneAtATime) {
        return launch.get();
      }
      Completion.await(last, "the devices");
      R results = launch.get();
      last = endOf.apply(results).exceptionally(failed -> PromiseFuture.nothing());
      return results;
    } finally {
      lock.unlock();
    }
  }
}
