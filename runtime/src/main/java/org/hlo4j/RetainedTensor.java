package org.hlo4j;

import org.hlo4j.internal.buffer.BufferState;
import org.hlo4j.internal.buffer.RetainedArgument;
import org.hlo4j.type.Element;

/** A tensor that a call may not take away, though it would. */
final class RetainedTensor<T extends Element> extends Tensor<T> {
  private final Tensor<T> tensor;
  private final RetainedArgument argument;

  RetainedTensor(Tensor<T> tensor) {
    super(tensor.device());
    this.tensor = tensor;
    this.argument = new RetainedArgument(tensor.state());
  }

  @Override
  BufferState state() {
    return tensor.state();
  }

  @Override
  RetainedArgument argument() {
    return argument;
  }

  @Override
  public Tensor<T> retained() {
    return this;
  }

  @Override
  public <S extends Element> Tensor<S> as(Class<S> type) {
    return new RetainedTensor<>(tensor.as(type));
  }

  @Override
  public String toString() {
    return tensor.toString();
  }
}
