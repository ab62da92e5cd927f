package org.hlo4j.generated;

import org.hlo4j.Results;

/**
 * Creates the promise of a nested record: the promise's constructor in generated code. Safe for use
 * by multiple threads.
 *
 * @param <R> the promise's type
 */
public interface NestedPromise<R> {
  /**
   * Returns the promise of a record.
   *
   * @param first the index of the record's first output among the call's outputs
   */
  R of(Results results, int first);
}
