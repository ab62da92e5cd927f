package org.hlo4j.internal.promise;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.hlo4j.error.BufferStateException;
import org.hlo4j.error.CompilationException;
import org.hlo4j.error.HloException;
import org.hlo4j.error.InsufficientMemoryException;
import org.hlo4j.error.PjrtException;
import org.hlo4j.error.PromiseInterruptedException;
import org.hlo4j.error.PromiseTimeoutException;
import org.hlo4j.internal.jfr.WaitEvent;
import org.jspecify.annotations.Nullable;

/**
 * The completion of work on a device, and a value that readers derive from it: the device's thread
 * only signals the completion. Safe for use by multiple threads.
 *
 * @param <T> the type of the value
 * @param future completes when the work is done; never exposed to users, whose dependents would run
 *     on a thread of the plugin
 * @param result returns the value once the work is done; called by any thread, any number of times
 * @param subject the value's name in messages, by its {@code toString}
 */
public record Completion<T>(CompletableFuture<?> future, Supplier<T> result, Object subject) {
  public boolean isReady() {
    return future.isDone();
  }

  /**
   * Waits for the value.
   *
   * @throws HloException if the work failed
   * @throws PromiseInterruptedException if the thread is interrupted while waiting
   */
  public T value() {
    await(future, subject);
    return result.get();
  }

  /**
   * Waits for the value, for at most the given duration.
   *
   * @throws PromiseTimeoutException if the work is not done in time
   * @throws HloException if the work failed
   * @throws PromiseInterruptedException if the thread is interrupted while waiting
   */
  public T value(Duration timeout) {
    await(future, subject, timeout);
    return result.get();
  }

  /** Returns a future for users, with the value or the failure. */
  public CompletableFuture<T> toCompletableFuture() {
    return PromiseFuture.of(future, this::settledValue);
  }

  /** Returns an internal future of the value: dependents run on the thread that did the work. */
  public CompletableFuture<T> whenDone() {
    return future.handle((unused, thrown) -> settledValue());
  }

  /** Returns the value, or throws the failure. The work is done. */
  private T settledValue() {
    if (future.isCompletedExceptionally()) {
      throw failure(future.exceptionNow(), subject);
    }
    return result.get();
  }

  /**
   * Waits until work is done.
   *
   * @param subject its name in messages, by its {@code toString}
   * @throws HloException if the work failed
   * @throws PromiseInterruptedException if the thread is interrupted while waiting
   */
  public static void await(CompletableFuture<?> future, Object subject) {
    await(future, subject, null);
  }

  /**
   * Waits until work is done, for at most the given duration, if any.
   *
   * @throws PromiseTimeoutException if it is not done in time
   */
  public static void await(
      CompletableFuture<?> future, Object subject, @Nullable Duration timeout) {
    WaitEvent waiting = begin(future);
    try {
      if (timeout == null) {
        future.get();
      } else {
        future.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
      }
    } catch (TimeoutException e) {
      throw new PromiseTimeoutException(subject + " was not ready after " + timeout);
    } catch (InterruptedException e) {
      throw interrupted(subject);
    } catch (ExecutionException e) {
      throw failure(e, subject);
    } finally {
      end(waiting, subject);
    }
  }

  private static @Nullable WaitEvent begin(CompletableFuture<?> future) {
    if (future.isDone()) {
      return null;
    }
    WaitEvent event = new WaitEvent();
    event.begin();
    return event;
  }

  private static void end(@Nullable WaitEvent event, Object subject) {
    if (event != null && event.shouldCommit()) {
      event.subject = subject.toString();
      event.commit();
    }
  }

  private static PromiseInterruptedException interrupted(Object subject) {
    Thread.currentThread().interrupt();
    return new PromiseInterruptedException("Interrupted while waiting for " + subject);
  }

  /** Returns a new exception for each reader, so that its stack trace shows the reader. */
  private static HloException failure(Throwable thrown, Object subject) {
    Throwable cause =
        (thrown instanceof ExecutionException || thrown instanceof CompletionException)
                && thrown.getCause() != null
            ? thrown.getCause()
            : thrown;
    if (cause instanceof CompilationException refused) {
      return new CompilationException(
          String.valueOf(refused.getMessage()),
          refused.line(),
          refused.column(),
          refused.problem(),
          refused);
    }
    String name = subject.toString();
    String problem = String.valueOf(cause.getMessage());
    String message = problem.startsWith(name) ? problem : name + ": " + problem;
    return switch (cause) {
      case BufferStateException closed -> new BufferStateException(message);
      case InsufficientMemoryException tooLittle -> new InsufficientMemoryException(message);
      case PjrtException pjrt -> new PjrtException(pjrt.code(), message, pjrt);
      default -> new HloException(message, cause);
    };
  }
}
