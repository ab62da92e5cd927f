package org.hlo4j.internal.buffer;

/**
 * A tensor that a call may not consume although the program donates it.
 *
 * @param value the tensor
 */
public record RetainedArgument(ArrayState value) implements Argument {
  @Override
  public boolean isRetained() {
    return true;
  }
}
