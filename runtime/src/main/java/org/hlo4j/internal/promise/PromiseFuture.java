package org.hlo4j.internal.promise;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * A future of a promise's value, for users: its dependents run on virtual threads. A thread that
 * waits for the future, or for one derived from it, completes it, so that waiting does not depend
 * on a virtual thread, whose carriers an application may keep busy.
 */
public final class PromiseFuture<T> extends CompletableFuture<T> {
  private static final Executor CALLBACKS = Thread::startVirtualThread;

  private final List<? extends CompletableFuture<?>> awaited;

  /** Completes this when the awaited value is available. */
  private final Runnable completer;

  /** Creates a future that is completed externally when several others are complete. */
  private PromiseFuture(List<? extends CompletableFuture<?>> awaited) {
    this.awaited = awaited;
    this.completer = () -> {};
  }

  private PromiseFuture(CompletableFuture<?> completion, Supplier<T> value) {
    this.awaited = List.of(completion);
    this.completer = () -> completeWith(value);
  }

  /**
   * Returns a future.
   *
   * @param completion completes when the value is available; not exposed to users
   * @param value returns the value, or throws the failure
   */
  public static <T> CompletableFuture<T> of(CompletableFuture<?> completion, Supplier<T> value) {
    PromiseFuture<T> future = new PromiseFuture<>(completion, value);
    var unused =
        completion.whenCompleteAsync((nothing, thrown) -> future.completer.run(), CALLBACKS);
    return future;
  }

  /** Returns a future that completes when several have, like {@link CompletableFuture#allOf}. */
  public static CompletableFuture<Void> allOf(List<? extends CompletableFuture<?>> futures) {
    PromiseFuture<Void> all = new PromiseFuture<>(futures);
    var unused =
        CompletableFuture.allOf(futures.toArray(CompletableFuture<?>[]::new))
            .whenComplete(
                (nothing, thrown) -> {
                  if (thrown == null) {
                    all.complete(nothing());
                  } else {
                    all.completeExceptionally(thrown);
                  }
                });
    return all;
  }

  private void completeWith(Supplier<T> value) {
    if (isDone()) {
      return;
    }
    try {
      complete(value.get());
    } catch (Throwable e) {
      completeExceptionally(e);
    }
  }

  @Override
  public <U> CompletableFuture<U> newIncompleteFuture() {
    return new PromiseFuture<>(List.of(this));
  }

  @Override
  public T get() throws InterruptedException, ExecutionException {
    this.<InterruptedException, RuntimeException>help(this, CountDownLatch::await);
    return super.get();
  }

  @Override
  public T get(long timeout, TimeUnit unit)
      throws InterruptedException, ExecutionException, TimeoutException {
    long deadline = System.nanoTime() + unit.toNanos(timeout);
    this.<InterruptedException, TimeoutException>help(this, latch -> awaitUntil(latch, deadline));
    return super.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
  }

  private static void awaitUntil(CountDownLatch latch, long deadline)
      throws InterruptedException, TimeoutException {
    if (!latch.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
      throw new TimeoutException();
    }
  }

  @Override
  public T join() {
    this.<RuntimeException, RuntimeException>help(this, PromiseFuture::awaitThrough);
    return super.join();
  }

  private static void awaitThrough(CountDownLatch latch) {
    boolean interrupted = false;
    while (latch.getCount() > 0) {
      try {
        latch.await();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** A way of waiting. */
  private interface Waiting<X extends Exception, Y extends Exception> {
    void await(CountDownLatch latch) throws X, Y;
  }

  /**
   * Waits until this can be completed, and completes it.
   *
   * @param end the future to wait for, which another thread may complete earlier
   */
  private <X extends Exception, Y extends Exception> void help(
      CompletableFuture<?> end, Waiting<X, Y> waiting) throws X, Y {
    for (CompletableFuture<?> future : awaited) {
      if (end.isDone()) {
        return;
      }
      if (future instanceof PromiseFuture<?> promised) {
        promised.help(end, waiting);
      } else {
        waiting.await(whenEither(future, end));
      }
    }
    if (!end.isDone()) {
      completer.run();
    }
  }

  private static CountDownLatch whenEither(CompletableFuture<?> future, CompletableFuture<?> end) {
    CountDownLatch latch = new CountDownLatch(1);
    if (future.isDone()) {
      latch.countDown();
    } else {
      var unused = future.whenComplete((value, thrown) -> latch.countDown());
      var unusedToo = end.whenComplete((value, thrown) -> latch.countDown());
    }
    return latch;
  }

  /** Returns the only value of {@link Void}. */
  @SuppressWarnings("NullAway") // Void has no other value than null.
  public static Void nothing() {
    return null;
  }
}
