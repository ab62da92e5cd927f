package org.hlo4j;

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
import org.hlo4j.internal.promise.PromiseFuture;
import org.jspecify.annotations.Nullable;

/**
 * A promise over a completion that comes from the device, and a value that is made from it by
 * whoever asks: the device's thread only says that the work is done.
 */
final class FuturePromise<T> implements Promise<T> {
  private final CompletableFuture<?> completion;
  private final Supplier<T> result;
  private final Supplier<String> what;

  /**
   * A promise.
   *
   * @param completion completes when the work is done; never given to a user, whose dependents
   *     would run on a thread of the plugin's
   * @param result answers the value once the work is done; called by any thread, any number of
   *     times
   * @param what what the value is, for messages; asked only when something went wrong
   */
  FuturePromise(CompletableFuture<?> completion, Supplier<T> result, Supplier<String> what) {
    this.completion = completion;
    this.result = result;
    this.what = what;
  }

  @Override
  public boolean isReady() {
    return completion.isDone();
  }

  @Override
  public T value() {
    WaitEvent waiting = begin();
    try {
      completion.get();
    } catch (InterruptedException e) {
      throw interrupted();
    } catch (ExecutionException e) {
      throw failure(e);
    } finally {
      end(waiting);
    }
    return result.get();
  }

  private @Nullable WaitEvent begin() {
    if (completion.isDone()) {
      return null;
    }
    WaitEvent event = new WaitEvent();
    event.begin();
    return event;
  }

  private void end(@Nullable WaitEvent event) {
    if (event != null && event.shouldCommit()) {
      event.subject = what.get();
      event.commit();
    }
  }

  @Override
  public T value(Duration timeout) {
    WaitEvent waiting = begin();
    try {
      completion.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new PromiseTimeoutException(what.get() + " was not ready after " + timeout);
    } catch (InterruptedException e) {
      throw interrupted();
    } catch (ExecutionException e) {
      throw failure(e);
    } finally {
      end(waiting);
    }
    return result.get();
  }

  @Override
  public CompletableFuture<T> toCompletableFuture() {
    return PromiseFuture.of(completion, this::settledValue);
  }

  /** The value, or why there is none. The work is done. */
  private T settledValue() {
    if (completion.isCompletedExceptionally()) {
      throw failure(completion.exceptionNow());
    }
    return result.get();
  }

  /** When the work is done, for the library's own use: dependents run on the thread that did it. */
  CompletableFuture<?> completion() {
    return completion;
  }

  /** The value when the work is done, with the limits of {@link #completion}. */
  CompletableFuture<T> whenDone() {
    return completion.handle((unused, thrown) -> settledValue());
  }

  private PromiseInterruptedException interrupted() {
    Thread.currentThread().interrupt();
    return new PromiseInterruptedException("Interrupted while waiting for " + what.get());
  }

  /** A new exception for each who asks, so that its stack trace shows where they asked. */
  private HloException failure(Throwable thrown) {
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
    String subject = what.get();
    String problem = String.valueOf(cause.getMessage());
    String message = problem.startsWith(subject) ? problem : subject + ": " + problem;
    if (cause instanceof BufferStateException) {
      return new BufferStateException(message);
    }
    if (cause instanceof InsufficientMemoryException) {
      return new InsufficientMemoryException(message);
    }
    return cause instanceof PjrtException pjrt
        ? new PjrtException(pjrt.code(), message, pjrt)
        : new HloException(message, cause);
  }
}
