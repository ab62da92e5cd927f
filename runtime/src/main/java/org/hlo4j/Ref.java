package org.hlo4j;

import java.util.function.Function;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.error.BufferStateException;
import org.hlo4j.error.HloException;
import org.hlo4j.internal.call.CallSite;
import org.hlo4j.type.Element;
import org.hlo4j.type.Shape;

/**
 * A variable on a device. A call that would take its tensor away replaces it by the output that
 * gets the tensor's memory, which is then none of the call's results; other calls, and reads, see
 * the value that is there when they begin. Calls with one {@code Ref} happen in the order in which
 * they were made, from any thread, and none of them waits for the device.
 *
 * <p>A call that is refused leaves the value. Where its work fails, the value is that failure: what
 * uses it fails with the same message, until {@link #set} puts another value there. {@link
 * Refs#scoped} frees variables whatever happens. Safe for use by many threads.
 *
 * @param <T> the tensor type
 */
public final class Ref<T extends Element> extends Tensor<T> {
  private final Shape shape;
  private final Device device;
  private final RefSlot<BufferPromise<T>> slot;

  private Ref(BufferPromise<T> value) {
    this.shape = value.shape();
    this.device = value.device();
    this.slot =
        new RefSlot<>("Ref of a %s on %s".formatted(shape, device), value, Results::promise);
  }

  /**
   * A variable with a first value, which it takes over: the tensor is spent. One that is {@link
   * Tensor#retained} is not, and copied before it is replaced.
   *
   * @throws BufferStateException if it was closed or given away
   */
  public static <T extends Element> Ref<T> of(Tensor<T> value) {
    Ref<T> ref = new Ref<>(moved(value));
    TensorScope.add(ref);
    return ref;
  }

  private static <T extends Element> BufferPromise<T> moved(Tensor<T> tensor) {
    return tensor instanceof Ref<T> ref ? ref.slot.locked(Ref::move) : move(tensor);
  }

  /** A holder in place of a tensor, which is spent unless it is retained. */
  private static <T extends Element> BufferPromise<T> move(Tensor<T> tensor) {
    DeviceBuffer<T> buffer = tensor.buffer();
    BufferPromise<T> moved = new BufferPromise<>(buffer.share());
    if (!tensor.isRetained()) {
      buffer.spend(CallSite.here("a Ref", null));
    }
    return moved;
  }

  /**
   * The value as it is now, which later calls do not change: while it is open, they copy it before
   * they replace it. The caller closes it.
   *
   * @throws BufferStateException if this was closed
   */
  public BufferPromise<T> get() {
    BufferPromise<T> now = share();
    TensorScope.add(now.buffer());
    return now;
  }

  private BufferPromise<T> share() {
    return slot.locked(value -> new BufferPromise<>(value.buffer().share()));
  }

  /**
   * Puts another value there, and takes it over: the tensor is spent. Calls that were made before
   * are not affected.
   *
   * @throws ArgumentException if it has another shape, is on another device, or is this
   * @throws BufferStateException if it was closed or given away, or this was closed
   */
  public void set(Tensor<T> next) {
    if (!next.shape().equals(shape) || next.device() != device) {
      throw slot.refuse("%s on %s".formatted(next.shape(), next.device()));
    }
    if (next.equals(this)) {
      throw slot.refuseOwn();
    }
    slot.set(() -> moved(next));
  }

  @Override
  RefSlot<?> refSlot() {
    return slot;
  }

  @Override
  <R> R use(Function<Tensor<T>, R> user) {
    try (BufferPromise<T> now = share()) {
      return user.apply(now);
    }
  }

  @Override
  DeviceBuffer<T> buffer() {
    return slot.value().buffer();
  }

  @Override
  public Shape shape() {
    return shape;
  }

  @Override
  public Device device() {
    return device;
  }

  /** The value as it is now, for a call that would replace it and is not to. */
  @Override
  public Tensor<T> retained() {
    return get().retained();
  }

  @Override
  @SuppressWarnings("unchecked") // The type is a phantom: only the shape is there to be right.
  public <S extends Element> Ref<S> as(Class<S> type) {
    checkShape(type);
    return (Ref<S>) this;
  }

  @Override
  public boolean isClosed() {
    return slot.isClosed();
  }

  /** Frees the value, once work that uses it has ended. Closing again does nothing. */
  @Override
  public void close() {
    slot.close("was closed");
  }

  /**
   * The same at the end of a scope.
   *
   * @param scope what has ended, for messages
   */
  void closeWith(CallSite scope) {
    slot.close("is used after its scope has ended, which was " + scope);
  }

  /** The type and the values, cut short as NumPy does. Waits for them. */
  @Override
  public String toString() {
    try {
      return "Ref of a " + use(now -> now.buffer().materialized().toString());
    } catch (HloException e) {
      return "Ref of a %s on %s: %s".formatted(shape, device, e.getMessage());
    }
  }
}
