package org.hlo4j;

import org.hlo4j.type.Element;
import org.hlo4j.type.Shape;

/** A tensor that a call may not take away, though it would. */
final class RetainedTensor<T extends Element> extends Tensor<T> {
  private final Tensor<T> tensor;

  RetainedTensor(Tensor<T> tensor) {
    this.tensor = tensor;
  }

  /** A tensor without what {@link Tensor#retained} has put around it. */
  static Tensor<?> unwrap(Tensor<?> tensor) {
    return tensor instanceof RetainedTensor<?> retained ? retained.tensor : tensor;
  }

  @Override
  DeviceBuffer<T> buffer() {
    return tensor.buffer();
  }

  @Override
  boolean isRetained() {
    return true;
  }

  @Override
  public Shape shape() {
    return tensor.shape();
  }

  @Override
  public Device device() {
    return tensor.device();
  }

  @Override
  public boolean isClosed() {
    return tensor.isClosed();
  }

  @Override
  public void close() {
    tensor.close();
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
