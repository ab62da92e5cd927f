package org.hlo4j;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.hlo4j.internal.promise.PromiseFuture;

/** A promise that completes when all of several promises have completed. */
final class AllPromise implements Promise<Void> {
  private final List<Promise<?>> parts;

  AllPromise(List<Promise<?>> parts) {
    this.parts = parts;
  }

  @Override
  public boolean isReady() {
    return parts.stream().allMatch(Promise::isReady);
  }

  @Override
  public Void value() {
    parts.forEach(Promise::value);
    return PromiseFuture.nothing();
  }

  @Override
  public Void value(Duration timeout) {
    long deadline = System.nanoTime() + timeout.toNanos();
    for (Promise<?> part : parts) {
      part.value(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
    }
    return PromiseFuture.nothing();
  }

  @Override
  public CompletableFuture<Void> toCompletableFuture() {
    return PromiseFuture.allOf(parts.stream().map(Promise::toCompletableFuture).toList());
  }
}
