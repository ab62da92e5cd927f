package org.hlo4j;

import java.util.function.Function;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.error.PjrtException;
import org.hlo4j.internal.buffer.BufferState;
import org.hlo4j.internal.buffer.RetainedArgument;
import org.hlo4j.internal.pjrt.BufferHandle;
import org.hlo4j.internal.pjrt.MemoryHandle;
import org.hlo4j.internal.transfer.Copying;
import org.hlo4j.internal.transfer.DeviceToHost;
import org.hlo4j.type.Element;

/**
 * A tensor on a device: something that a kernel takes. It is either there, as a {@link
 * DeviceBuffer}, or on its way, as a {@link BufferPromise}; a kernel takes both without waiting.
 * Safe for use by many threads.
 *
 * @param <T> the tensor type
 */
public abstract sealed class Tensor<T extends Element> extends DeviceArray<T>
    permits DeviceBuffer, BufferPromise, Tensor.Retained, Ref {
  private final Device device;

  Tensor(Device device) {
    this.device = device;
  }

  @Override
  abstract BufferState state();

  /** Uses the tensor as it is now: other threads may give one that changes another value. */
  <R> R use(Function<BufferState, R> user) {
    return user.apply(state());
  }

  /** The device that holds this tensor. */
  public final Device device() {
    return device;
  }

  /**
   * This tensor for a call that would take it away, such as {@code step(params.retained(), x)}: the
   * call then leaves it, and XLA copies it. This is the one place where a copy is asked for.
   */
  public Tensor<T> retained() {
    return new Retained<>(this);
  }

  /**
   * This tensor under another type of the same shape. Both are the same buffer.
   *
   * @throws ArgumentException if that type's shape is another one
   */
  public abstract <S extends Element> Tensor<S> as(Class<S> type);

  @Override
  public final HostTensor<T> toHostTensor() {
    return use(now -> new HostTensor<>(shape(), DeviceToHost.hostTensor(now.materialized())));
  }

  @Override
  public final Promise<HostTensor<T>> toHostTensorAsync() {
    return new FuturePromise<>(
        use(
            now ->
                DeviceToHost.hostTensorAsync(now, block -> new HostTensor<T>(now.shape(), block))));
  }

  @Override
  public final TensorView<T> view() {
    return new TensorView<>(shape(), use(now -> DeviceToHost.view(now.materialized())));
  }

  /**
   * The memory that the tensor is in.
   *
   * @throws PjrtException if the plugin does not tell
   */
  public final Memory memory() {
    MemoryHandle memory = use(now -> now.materialized().within(BufferHandle::memory));
    return device().memories().stream()
        .filter(known -> known.handle().isSame(memory))
        .findFirst()
        .orElseGet(() -> new Memory(device(), memory, false));
  }

  /**
   * Copies this tensor to another device of the same client, or to this one again, and waits for it
   * to arrive.
   *
   * @throws ArgumentException if the device is of another client
   * @throws PjrtException if the plugin cannot do that
   */
  public final DeviceBuffer<T> copyTo(Device target) {
    return copyToAsync(target).value();
  }

  /** Starts copying this tensor to a device of the same client. */
  public final BufferPromise<T> copyToAsync(Device target) {
    return BufferPromise.created(use(now -> Copying.toDevice(now, target.context())), target);
  }

  /**
   * Copies this tensor to a memory of the same client, and waits for it to arrive.
   *
   * @throws ArgumentException if the memory is of another client
   * @throws PjrtException if the plugin cannot do that
   */
  public final DeviceBuffer<T> copyTo(Memory target) {
    return copyToAsync(target).value();
  }

  /** Starts copying this tensor to a memory of the same client. */
  public final BufferPromise<T> copyToAsync(Memory target) {
    Device device = target.device();
    return BufferPromise.created(
        use(now -> Copying.toMemory(now, device.context(), target.handle(), target)), device);
  }

  @Override
  final void copyOut(Object target) {
    Object unused = use(now -> DeviceToHost.copy(now.materialized(), target));
  }

  @Override
  public final <A> A toArray(Class<A> arrayType) {
    return use(now -> DeviceToHost.read(now.materialized(), arrayType));
  }

  @Override
  public final <A> Promise<A> toArrayAsync(Class<A> arrayType) {
    return new FuturePromise<>(use(now -> DeviceToHost.readAsync(now, arrayType)));
  }

  /** A tensor that a call may not take away, though it would. */
  private static final class Retained<T extends Element> extends Tensor<T> {
    private final Tensor<T> tensor;
    private final RetainedArgument argument;

    Retained(Tensor<T> tensor) {
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
      return new Retained<>(tensor.as(type));
    }

    @Override
    public String toString() {
      return tensor.toString();
    }
  }
}
