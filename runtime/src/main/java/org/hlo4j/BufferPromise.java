package org.hlo4j;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.hlo4j.internal.buffer.BufferState;
import org.hlo4j.internal.promise.Completion;
import org.hlo4j.type.Element;
import org.jspecify.annotations.Nullable;

/**
 * A tensor that is being computed or transferred: the result of an async kernel or transfer. It can
 * be passed to the next kernel, or read asynchronously, without waiting, since PJRT orders the
 * work; only {@link #value()} waits. Safe for use by multiple threads.
 *
 * @param <T> the tensor type
 */
public final class BufferPromise<T extends Element> extends Tensor<T>
    implements Promise<DeviceBuffer<T>> {
  private final BufferState state;

  /** Created on first use; two threads may each create one, and these are equal. */
  private @Nullable DeviceBuffer<T> buffer;

  BufferPromise(BufferState state, Device device) {
    super(device);
    this.state = state;
  }

  /** Returns the promise of a new buffer, which this thread's scope closes. */
  static <T extends Element> BufferPromise<T> created(BufferState state, Device device) {
    TensorScope.add(state);
    return new BufferPromise<>(state, device);
  }

  @Override
  BufferState state() {
    return state;
  }

  private DeviceBuffer<T> buffer() {
    DeviceBuffer<T> known = buffer;
    if (known == null) {
      known = new DeviceBuffer<>(state, device());
      buffer = known;
    }
    return known;
  }

  @Override
  public DeviceBuffer<T> value() {
    Completion.await(state.ready(), state.origin());
    return buffer();
  }

  @Override
  public DeviceBuffer<T> value(Duration timeout) {
    Completion.await(state.ready(), state.origin(), timeout);
    return buffer();
  }

  @Override
  public boolean isReady() {
    return state.settled().isDone();
  }

  @Override
  public CompletableFuture<DeviceBuffer<T>> toCompletableFuture() {
    return new Completion<>(state.ready(), this::buffer, state.origin()).toCompletableFuture();
  }

  @Override
  public <S extends Element> BufferPromise<S> as(Class<S> type) {
    checkShape(shape(), type);
    return new BufferPromise<>(state, device());
  }

  /** Returns the type, and the values if they are ready. Never waits. */
  @Override
  public String toString() {
    return isReady() ? text(state) : state.description() + ", not ready";
  }
}
