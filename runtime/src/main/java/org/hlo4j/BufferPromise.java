package org.hlo4j;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.hlo4j.type.Element;
import org.hlo4j.type.Shape;
import org.jspecify.annotations.Nullable;

/**
 * A tensor on its way: the result of an async kernel or transfer. It goes straight into the next
 * kernel, or into an async read, and PJRT orders the work; only {@link #value()} waits. Safe for
 * use by many threads.
 *
 * @param <T> the tensor type
 */
public final class BufferPromise<T extends Element> extends Tensor<T>
    implements Promise<DeviceBuffer<T>> {
  /** One of the two is there. */
  private final @Nullable DeviceBuffer<T> buffer;

  private final @Nullable PendingBuffer<T> pending;

  BufferPromise(DeviceBuffer<T> buffer) {
    this.buffer = buffer;
    this.pending = null;
  }

  BufferPromise(PendingBuffer<T> pending) {
    this.buffer = null;
    this.pending = pending;
  }

  private BufferPromise(@Nullable DeviceBuffer<T> buffer, @Nullable PendingBuffer<T> pending) {
    this.buffer = buffer;
    this.pending = pending;
  }

  @Override
  DeviceBuffer<T> buffer() {
    DeviceBuffer<T> made = made();
    return made != null ? made : unmade().whenMade().value();
  }

  @Override
  @Nullable DeviceBuffer<T> made() {
    return buffer != null ? buffer : unmade().buffer();
  }

  @Override
  @Nullable PendingBuffer<T> pending() {
    return pending;
  }

  private PendingBuffer<T> unmade() {
    if (pending == null) {
      throw new AssertionError("a promise of nothing");
    }
    return pending;
  }

  private FuturePromise<DeviceBuffer<T>> whenReady() {
    DeviceBuffer<T> made = made();
    return made != null ? made.whenReady() : unmade().whenReady();
  }

  @Override
  public Shape shape() {
    return buffer != null ? buffer.shape() : unmade().shape();
  }

  @Override
  public Device device() {
    return buffer != null ? buffer.device() : unmade().device();
  }

  @Override
  public boolean isClosed() {
    return buffer != null ? buffer.isClosed() : unmade().isGone();
  }

  @Override
  public void close() {
    if (buffer != null) {
      buffer.close();
    } else {
      unmade().close();
    }
  }

  @Override
  public DeviceBuffer<T> value() {
    return whenReady().value();
  }

  @Override
  public DeviceBuffer<T> value(Duration timeout) {
    return whenReady().value(timeout);
  }

  @Override
  public boolean isReady() {
    DeviceBuffer<T> made = made();
    return made != null ? made.settled().isDone() : unmade().whenReady().isReady();
  }

  @Override
  public CompletableFuture<DeviceBuffer<T>> toCompletableFuture() {
    return whenReady().toCompletableFuture();
  }

  @Override
  @SuppressWarnings("unchecked") // The type is a phantom: only the shape is there to be right.
  public <S extends Element> BufferPromise<S> as(Class<S> type) {
    checkShape(type);
    return new BufferPromise<>((DeviceBuffer<S>) buffer, (PendingBuffer<S>) pending);
  }

  /** The type, and either the values or that they are not there yet. Never waits. */
  @Override
  public String toString() {
    DeviceBuffer<T> made = made();
    return made != null && made.settled().isDone()
        ? made.toString()
        : "%s on %s, not ready".formatted(shape(), device());
  }
}
