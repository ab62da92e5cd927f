package org.hlo4j;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.hlo4j.type.Element;
import org.hlo4j.type.Shape;

/**
 * A tensor on its way: the result of an async kernel or transfer. It goes straight into the next
 * kernel, or into an async read, and PJRT orders the work; only {@link #value()} waits. Safe for
 * use by many threads.
 *
 * @param <T> the tensor type
 */
public final class BufferPromise<T extends Element> extends Tensor<T>
    implements Promise<DeviceBuffer<T>> {
  private final DeviceBuffer<T> buffer;

  BufferPromise(DeviceBuffer<T> buffer) {
    this.buffer = buffer;
  }

  @Override
  DeviceBuffer<T> buffer() {
    return buffer;
  }

  @Override
  public Shape shape() {
    return buffer.shape();
  }

  @Override
  public Device device() {
    return buffer.device();
  }

  @Override
  public boolean isClosed() {
    return buffer.isClosed();
  }

  @Override
  public void close() {
    buffer.close();
  }

  @Override
  public DeviceBuffer<T> value() {
    return buffer.whenReady().value();
  }

  @Override
  public DeviceBuffer<T> value(Duration timeout) {
    return buffer.whenReady().value(timeout);
  }

  @Override
  public boolean isReady() {
    return buffer.settled().isDone();
  }

  @Override
  public CompletableFuture<DeviceBuffer<T>> toCompletableFuture() {
    return buffer.whenReady().toCompletableFuture();
  }

  @Override
  public <S extends Element> BufferPromise<S> as(Class<S> type) {
    return new BufferPromise<>(buffer.as(type));
  }

  /** The type, and either the values or that they are not there yet. Never waits. */
  @Override
  public String toString() {
    return isReady() ? buffer.toString() : "%s on %s, not ready".formatted(shape(), device());
  }
}
