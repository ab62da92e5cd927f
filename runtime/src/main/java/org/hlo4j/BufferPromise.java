package org.hlo4j;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.hlo4j.internal.buffer.BufferState;
import org.hlo4j.internal.promise.Completion;
import org.hlo4j.type.Element;
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
  private final BufferState state;

  /** Made when it is first asked for; two threads may each make one, and these are equal. */
  private @Nullable DeviceBuffer<T> buffer;

  BufferPromise(BufferState state, Device device) {
    super(device);
    this.state = state;
  }

  /** The promise of a new buffer, which this thread's scope closes. */
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

  /** The type, and either the values or that they are not there yet. Never waits. */
  @Override
  public String toString() {
    return isReady() ? text(state) : state.description() + ", not ready";
  }
}
