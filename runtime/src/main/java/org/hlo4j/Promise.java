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
 * A value that a device is still working on. The work has been started and goes on whether or not
 * anybody waits. Waiting parks the thread: a virtual thread gives its carrier free. Safe for use by
 * many threads.
 *
 * @param <T> the type of the value
 */
public interface Promise<T extends @Nullable Object> {
  /**
   * A promise that is kept when all of several are; the first that fails, in their order, fails it.
   */
  static Promise<Void> all(Collection<? extends Promise<?>> promises) {
    return new AllPromise(List.copyOf(promises));
  }

  /**
   * Waits for the value.
   *
   * @throws HloException what went wrong, naming the kernel and the call
   * @throws PromiseInterruptedException if the thread is interrupted while it waits; the work goes
   *     on
   */
  T value();

  /**
   * Waits for the value, but no longer than a duration.
   *
   * @throws PromiseTimeoutException if the value is not there by then; the work goes on, and its
   *     result is released with the promise
   * @throws HloException what went wrong, naming the kernel and the call
   * @throws PromiseInterruptedException if the thread is interrupted while it waits
   */
  T value(Duration timeout);

  /** Whether {@link #value()} would answer, or throw, without waiting. Never blocks. */
  boolean isReady();

  /**
   * A future of the value. Cancelling or completing it has no effect on the work or on this
   * promise. Its dependents run on virtual threads, never on a thread of the plugin's.
   */
  CompletableFuture<T> toCompletableFuture();

  /**
   * Runs an action with the value, or with what went wrong, on a virtual thread as soon as it is
   * known.
   *
   * @return this promise
   */
  default Promise<T> onReady(BiConsumer<? super @Nullable T, ? super @Nullable Throwable> action) {
    var unused = toCompletableFuture().whenComplete(action);
    return this;
  }
}
