package org.hlo4j.internal.buffer;

import org.hlo4j.error.BufferStateException;
import org.jspecify.annotations.Nullable;

/**
 * An argument of a call: a tensor, a retained tensor that the call may not consume, or a variable.
 */
public sealed interface Argument permits ArrayState, RetainedArgument, RefState {
  /**
   * Returns the current tensor.
   *
   * @throws BufferStateException if this is a variable that was closed
   */
  ArrayState value();

  /** Returns whether the call must leave the memory intact although the program donates it. */
  default boolean isRetained() {
    return false;
  }

  /** Returns the variable whose value calls read and replace; null if this is not a variable. */
  default @Nullable RefState slot() {
    return null;
  }
}
