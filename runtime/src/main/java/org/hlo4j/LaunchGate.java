package org.hlo4j;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.hlo4j.error.PromiseInterruptedException;

/**
 * Lets programs whose devices wait for each other start one after another, so that they come to all
 * devices in the same order. On a CPU client each of them also waits until the one before has
 * ended: its devices share a pool of threads, of which two programs at once may each hold a part
 * and wait for ever for the rest. Safe for use by many threads.
 */
final class LaunchGate {
  private final Lock lock = new ReentrantLock();
  private final boolean oneAtATime;
  private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);

  /** A gate through which at most one program goes at a time, or only one launch. */
  LaunchGate(boolean oneAtATime) {
    this.oneAtATime = oneAtATime;
  }

  /** What a launch has made, and when it has ended on each device. */
  record Launched<T>(T result, List<CompletableFuture<Void>> ends) {}

  /**
   * Starts a program.
   *
   * @param meets whether its devices wait for each other
   * @throws PromiseInterruptedException if the thread is interrupted while it waits for the program
   *     before; nothing was started then
   */
  <T> T pass(boolean meets, Supplier<Launched<T>> launch) {
    lock.lock();
    try {
      if (!meets || !oneAtATime) {
        return launch.get().result();
      }
      Void unused = new FuturePromise<>(last, FuturePromise::nothing, () -> "the devices").value();
      Launched<T> launched = launch.get();
      last =
          CompletableFuture.allOf(launched.ends().toArray(CompletableFuture<?>[]::new))
              .exceptionally(failed -> FuturePromise.nothing());
      return launched.result();
    } finally {
      lock.unlock();
    }
  }
}
