package org.hlo4j.stub;

import org.hlo4j.Promise;
import org.hlo4j.ShardedBuffer;
import org.hlo4j.ShardedPromise;
import org.hlo4j.ShardedResults;
import org.hlo4j.type.Element;

/**
 * A promise of a record of outputs on several devices. Generated code extends it with an accessor
 * for each component's own promise. Safe for use by many threads.
 *
 * @param <T> the record
 */
public abstract class ShardedRecordPromise<T> extends PromiseOfParts<T> {
  private final ShardedResults results;
  private final int first;

  /**
   * A promise of a record.
   *
   * @param first the place of the record's first output among the call's
   */
  protected ShardedRecordPromise(ShardedResults results, int first) {
    this.results = results;
    this.first = first;
  }

  @Override
  final Promise<Void> complete() {
    return results.complete();
  }

  /** A promise of one of the record's outputs, counted from its first. */
  protected final <E extends Element> ShardedPromise<E> promise(int index) {
    return results.promise(first + index);
  }

  /** One of the record's outputs, counted from its first. Waits for it. */
  protected final <E extends Element> ShardedBuffer<E> buffer(int index) {
    return results.buffer(first + index);
  }

  /** The promise of a record inside this one, whose first output is at {@code index}. */
  protected final <R> R nested(NestedShardedPromise<R> constructor, int index) {
    return constructor.of(results, first + index);
  }
}
