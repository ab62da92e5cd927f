package org.hlo4j.internal.buffer;

/**
 * A tensor that a call may not take away, though it would.
 *
 * @param value the tensor
 */
public record RetainedArgument(ArrayState value) implements Argument {
  @Override
  public boolean isRetained() {
    return true;
  }
}
