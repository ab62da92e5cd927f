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
 * Lets programs whose devices wait for each other start one after another, so that they come to all
 * devices in the same order. On a CPU client each of them also waits until the one before has
 * ended: its devices share a pool of threads, of which two programs at once may each hold a part
 * and wait for ever for the rest. Safe for use by many threads.
 */
public final class LaunchGate {
  private final Lock lock = new ReentrantLock();
  private final boolean oneAtATime;
  private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);

  /** A gate through which at most one program goes at a time, or only one launch. */
  LaunchGate(boolean oneAtATime) {
    this.oneAtATime = oneAtATime;
  }

  /**
   * Starts a program.
   *
   * @param meets whether its devices wait for each other
   * @param launch starts it, and returns its results
   * @param endOf completes when it has ended on all devices
   * @throws PromiseInterruptedException if the thread is interrupted while it waits for the program
   *     before; nothing was started then
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
