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
 * A mutable variable on a device. A call that would consume the variable's tensor updates the
 * variable instead: the output that reuses the tensor's memory becomes the new value and is not one
 * of the call's results. Other calls, and reads, see the value at the time they begin. Calls that
 * use a {@code Ref} take effect in the order in which they were made, from any thread, and never
 * wait for the device.
 *
 * <p>A rejected call leaves the value unchanged. If its work fails, the variable holds the failure:
 * any use throws it, until {@link #set} assigns another value. {@link Refs#scoped} frees variables
 * automatically. Safe for use by multiple threads.
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
   * Creates a variable with an initial value and takes ownership of it: the tensor may not be used
   * afterwards. A {@link Tensor#retained} tensor stays usable and is copied before the first
   * update.
   *
   * @throws BufferStateException if the value was closed or donated
   */
  public static <T extends Element> Ref<T> of(Tensor<T> value) {
    Ref<T> ref = new Ref<>(RefState.of("Ref", value.argument()), value);
    TensorScope.add(ref.slot);
    return ref;
  }

  /**
   * Returns the current value as a tensor that later calls do not change: while it is open, they
   * copy it before they update the variable. The caller closes it.
   *
   * @throws BufferStateException if this variable was closed
   */
  public BufferPromise<T> get() {
    return BufferPromise.created(slot.share().shardAt(0), device());
  }

  /**
   * Assigns a value and takes ownership of it: the tensor may not be used afterwards. Earlier calls
   * are not affected.
   *
   * @throws ArgumentException if it has another shape, is on another device, or is this variable
   * @throws BufferStateException if it was closed or donated, or this variable was closed
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

  /** Returns the current value for a call that would otherwise update this variable. */
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

  /** Frees the value once pending work that uses it has completed. Idempotent. */
  @Override
  public void close() {
    slot.close("was closed");
  }

  /**
   * Closes the variable at the end of a scope.
   *
   * @param scope the scope, for messages
   */
  void closeWith(CallSite scope) {
    slot.close("is used after its scope has ended: " + scope);
  }

  /** Returns the type and the values, abbreviated as in NumPy. Waits for them. */
  @Override
  public String toString() {
    try {
      return "Ref of a " + use(now -> text(now.materialized()));
    } catch (HloException e) {
      return "Ref of a %s on %s: %s".formatted(shape, device(), e.getMessage());
    }
  }
}
