package org.hlo4j.generated;

import org.hlo4j.Results;

/**
 * Makes the promise of a record inside another: generated code gives the promise's constructor,
 * which many threads may call.
 *
 * @param <R> that promise
 */
public interface NestedPromise<R> {
  /**
   * The promise of a record.
   *
   * @param first the place of the record's first output among the call's
   */
  R of(Results results, int first);
}
