package org.hlo4j.generated;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.hlo4j.BufferPromise;
import org.hlo4j.DeviceBuffer;
import org.hlo4j.Promise;
import org.hlo4j.Results;
import org.hlo4j.ShardedBuffer;
import org.hlo4j.ShardedPromise;
import org.hlo4j.type.Element;

/**
 * A promise of a record of outputs. Generated subclasses add an accessor for the promise of each
 * component. Safe for use by multiple threads.
 *
 * @param <T> the record
 */
public abstract class RecordPromise<T> implements Promise<T> {
  private final Results results;
  private final int first;

  /**
   * Creates a promise of a record.
   *
   * @param first the index of the record's first output among the call's outputs
   */
  protected RecordPromise(Results results, int first) {
    this.results = results;
    this.first = first;
  }

  /** Returns the record, once its outputs are ready. */
  protected abstract T whole();

  @Override
  public final T value() {
    Void unused = results.complete().value();
    return whole();
  }

  @Override
  public final T value(Duration timeout) {
    Void unused = results.complete().value(timeout);
    return whole();
  }

  @Override
  public final boolean isReady() {
    return results.complete().isReady();
  }

  @Override
  public final CompletableFuture<T> toCompletableFuture() {
    return results.complete().toCompletableFuture().thenApply(unused -> whole());
  }

  /** Returns the promise of one of the record's outputs, by its index within the record. */
  protected final <E extends Element> BufferPromise<E> promise(int index) {
    return results.promise(first + index);
  }

  /** Waits for one of the record's outputs and returns it, by its index within the record. */
  protected final <E extends Element> DeviceBuffer<E> buffer(int index) {
    return results.buffer(first + index);
  }

  /** Returns the promise of one of the record's outputs on all devices, by its index. */
  protected final <E extends Element> ShardedPromise<E> shardedPromise(int index) {
    return results.shardedPromise(first + index);
  }

  /** Waits for one of the record's outputs on all devices and returns it, by its index. */
  protected final <E extends Element> ShardedBuffer<E> shardedBuffer(int index) {
    return results.shardedBuffer(first + index);
  }

  /** Returns the promise of a nested record, whose first output is at {@code index}. */
  protected final <R> R nested(NestedPromise<R> constructor, int index) {
    return constructor.of(results, first + index);
  }
}
