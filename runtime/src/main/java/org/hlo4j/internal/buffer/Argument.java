package org.hlo4j.internal.buffer;

import org.hlo4j.error.BufferStateException;
import org.jspecify.annotations.Nullable;

/** What a call takes for an input: a tensor, one that it may not take away, or a variable. */
public sealed interface Argument permits ArrayState, RetainedArgument, RefState {
  /**
   * The tensor, as it is now.
   *
   * @throws BufferStateException if this is a variable that was closed
   */
  ArrayState value();

  /** Whether the call may not take the memory, though it would. */
  default boolean isRetained() {
    return false;
  }

  /** Where calls find and replace the value, if this is a variable; otherwise null. */
  default @Nullable RefState slot() {
    return null;
  }
}
