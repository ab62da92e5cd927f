package org.hlo4j.generated;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.hlo4j.Promise;

/** A promise of something that is put together when a call has ended. */
abstract class PromiseOfParts<T> implements Promise<T> {
  /** A promise of the call's end. */
  abstract Promise<Void> complete();

  /** The record, once its outputs are there. */
  protected abstract T whole();

  @Override
  public final T value() {
    Void unused = complete().value();
    return whole();
  }

  @Override
  public final T value(Duration timeout) {
    Void unused = complete().value(timeout);
    return whole();
  }

  @Override
  public final boolean isReady() {
    return complete().isReady();
  }

  @Override
  public final CompletableFuture<T> toCompletableFuture() {
    return complete().toCompletableFuture().thenApply(unused -> whole());
  }
}
