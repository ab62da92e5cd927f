package org.hlo4j;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.hlo4j.error.HloException;
import org.hlo4j.error.PromiseInterruptedException;
import org.hlo4j.error.PromiseTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The pending result of work on a device. The work has been started and continues whether or not a
 * thread waits for it. Waiting parks the thread, which frees the carrier of a virtual thread. Safe
 * for use by multiple threads.
 *
 * @param <T> the type of the value
 */
public interface Promise<T extends @Nullable Object> {
  /**
   * Returns a promise that completes when all given promises have; it fails with the first failure
   * in their order.
   */
  static Promise<Void> all(Collection<? extends Promise<?>> promises) {
    return new AllPromise(List.copyOf(promises));
  }

  /**
   * Waits for the value.
   *
   * @throws HloException if the work failed; the message names the kernel and the call
   * @throws PromiseInterruptedException if the thread is interrupted while waiting; the work
   *     continues
   */
  T value();

  /**
   * Waits for the value, for at most the given duration.
   *
   * @throws PromiseTimeoutException if the value is not available in time; the work continues, and
   *     its result is released with the promise
   * @throws HloException if the work failed; the message names the kernel and the call
   * @throws PromiseInterruptedException if the thread is interrupted while waiting
   */
  T value(Duration timeout);

  /** Returns whether {@link #value()} would return or throw without waiting. Never blocks. */
  boolean isReady();

  /**
   * Returns a future of the value. Cancelling or completing it does not affect the work or this
   * promise. Its dependents run on virtual threads, never on a thread of the plugin.
   */
  CompletableFuture<T> toCompletableFuture();

  /**
   * Runs an action with the value or the failure, on a virtual thread, on completion.
   *
   * @return this promise
   */
  default Promise<T> onReady(BiConsumer<? super @Nullable T, ? super @Nullable Throwable> action) {
    var unused = toCompletableFuture().whenComplete(action);
    return this;
  }
}
