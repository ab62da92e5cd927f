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
 * A tensor on a device, which a kernel takes: a {@link DeviceBuffer}, or the {@link BufferPromise}
 * of one. Kernels take both without waiting. Safe for use by multiple threads.
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

  /** Applies a function to the current buffer; a variable stays unchanged while it runs. */
  <R> R use(Function<BufferState, R> user) {
    return user.apply(state());
  }

  /** Returns the device that holds this tensor. */
  public final Device device() {
    return device;
  }

  /**
   * Returns this tensor for a call that would otherwise consume it, as in {@code
   * step(params.retained(), x)}. The tensor stays usable; XLA copies it.
   */
  public Tensor<T> retained() {
    return new Retained<>(this);
  }

  /**
   * Returns this tensor as another type of the same shape, with the same buffer.
   *
   * @throws ArgumentException if the type declares another shape
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
   * Returns the memory that holds the tensor.
   *
   * @throws PjrtException if the plugin does not implement the query
   */
  public final Memory memory() {
    MemoryHandle memory = use(now -> now.materialized().within(BufferHandle::memory));
    return device().memories().stream()
        .filter(known -> known.handle().isSame(memory))
        .findFirst()
        .orElseGet(() -> new Memory(device(), memory, false));
  }

  /**
   * Copies this tensor to a device of the same client, which may be its own, and waits for the
   * transfer.
   *
   * @throws ArgumentException if the device belongs to another client
   * @throws PjrtException if the plugin cannot copy between devices
   */
  public final DeviceBuffer<T> copyTo(Device target) {
    return copyToAsync(target).value();
  }

  /** Starts copying this tensor to a device of the same client. */
  public final BufferPromise<T> copyToAsync(Device target) {
    return BufferPromise.created(use(now -> Copying.toDevice(now, target.context())), target);
  }

  /**
   * Copies this tensor to a memory of the same client and waits for the transfer.
   *
   * @throws ArgumentException if the memory belongs to another client
   * @throws PjrtException if the plugin cannot copy between memories
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

  /** A tensor that a call may not consume. */
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
