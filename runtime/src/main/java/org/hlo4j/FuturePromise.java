package org.hlo4j;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.hlo4j.internal.promise.Completion;

/** A promise backed by a {@link Completion}. */
final class FuturePromise<T> implements Promise<T> {
  private final Completion<T> completion;

  FuturePromise(Completion<T> completion) {
    this.completion = completion;
  }

  @Override
  public boolean isReady() {
    return completion.isReady();
  }

  @Override
  public T value() {
    return completion.value();
  }

  @Override
  public T value(Duration timeout) {
    return completion.value(timeout);
  }

  @Override
  public CompletableFuture<T> toCompletableFuture() {
    return completion.toCompletableFuture();
  }
}
