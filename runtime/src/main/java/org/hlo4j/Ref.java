package org.hlo4j;

import java.util.function.Function;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.error.BufferStateException;
import org.hlo4j.error.HloException;
import org.hlo4j.internal.buffer.BufferState;
import org.hlo4j.internal.buffer.CallSite;
import org.hlo4j.internal.buffer.RefState;
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
  private final RefState slot;

  private Ref(RefState slot, Tensor<T> first) {
    super(first.device());
    this.shape = first.shape();
    this.slot = slot;
  }

  /**
   * A variable with a first value, which it takes over: the tensor is spent. One that is {@link
   * Tensor#retained} is not, and copied before it is replaced.
   *
   * @throws BufferStateException if it was closed or given away
   */
  public static <T extends Element> Ref<T> of(Tensor<T> value) {
    Ref<T> ref = new Ref<>(RefState.of("Ref", value.argument()), value);
    TensorScope.add(ref.slot);
    return ref;
  }

  /**
   * The value as it is now, which later calls do not change: while it is open, they copy it before
   * they replace it. The caller closes it.
   *
   * @throws BufferStateException if this was closed
   */
  public BufferPromise<T> get() {
    return BufferPromise.created(slot.share().shardAt(0), device());
  }

  /**
   * Puts another value there, and takes it over: the tensor is spent. Calls that were made before
   * are not affected.
   *
   * @throws ArgumentException if it has another shape, is on another device, or is this
   * @throws BufferStateException if it was closed or given away, or this was closed
   */
  public void set(Tensor<T> next) {
    slot.set(next.argument());
  }

  @Override
  RefState argument() {
    return slot;
  }

  @Override
  <R> R use(Function<BufferState, R> user) {
    return slot.use(now -> user.apply(now.shardAt(0)));
  }

  @Override
  BufferState state() {
    return slot.value().shardAt(0);
  }

  @Override
  public Shape shape() {
    return shape;
  }

  /** The value as it is now, for a call that would replace it and is not to. */
  @Override
  public Tensor<T> retained() {
    return get().retained();
  }

  @Override
  @SuppressWarnings("unchecked") // The type is a phantom: only the shape is there to be right.
  public <S extends Element> Ref<S> as(Class<S> type) {
    checkShape(shape, type);
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
      return "Ref of a " + use(now -> text(now.materialized()));
    } catch (HloException e) {
      return "Ref of a %s on %s: %s".formatted(shape, device(), e.getMessage());
    }
  }
}
