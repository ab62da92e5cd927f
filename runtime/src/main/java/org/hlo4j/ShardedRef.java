package org.hlo4j;

import java.util.function.Function;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.error.BufferStateException;
import org.hlo4j.error.HloException;
import org.hlo4j.internal.buffer.RefState;
import org.hlo4j.internal.buffer.ShardSet;
import org.hlo4j.type.Element;

/**
 * A mutable variable on a group of devices, the counterpart of {@link Ref}: a call that would
 * consume its tensor updates the variable instead. The output that reuses the tensor's memory
 * becomes the new value and is not one of the call's results. Safe for use by multiple threads.
 *
 * @param <T> the tensor type of the whole tensor
 */
public final class ShardedRef<T extends Element> extends Sharded<T> {
  private final DeviceGroup group;
  private final RefState slot;

  private ShardedRef(RefState slot, DeviceGroup group) {
    this.slot = slot;
    this.group = group;
  }

  /**
   * Creates a variable with an initial value and takes ownership of it: the tensor may not be used
   * afterwards. A {@link Sharded#retained} tensor stays usable and is copied before the first
   * update.
   *
   * @throws BufferStateException if a shard was closed or donated
   */
  public static <T extends Element> ShardedRef<T> of(Sharded<T> value) {
    ShardedRef<T> ref =
        new ShardedRef<>(RefState.of("ShardedRef", value.argument()), value.group());
    TensorScope.add(ref.slot);
    return ref;
  }

  /**
   * Returns the current value as a tensor that later calls do not change: while it is open, they
   * copy it before they update the variable. The caller closes it.
   *
   * @throws BufferStateException if this variable was closed
   */
  public ShardedPromise<T> get() {
    return ShardedPromise.created((ShardSet) slot.share(), group);
  }

  /**
   * Assigns a value and takes ownership of it: the tensor may not be used afterwards. Earlier calls
   * are not affected.
   *
   * @throws ArgumentException if it has another shape or sharding, is on other devices, or is this
   *     variable
   * @throws BufferStateException if it was closed or donated, or this variable was closed
   */
  public void set(Sharded<T> next) {
    slot.set(next.argument());
  }

  @Override
  RefState argument() {
    return slot;
  }

  @Override
  <R> R use(Function<ShardSet, R> user) {
    return slot.use(now -> user.apply((ShardSet) now));
  }

  @Override
  ShardSet state() {
    return (ShardSet) slot.value();
  }

  @Override
  public DeviceGroup group() {
    return group;
  }

  /** Returns the current value for a call that would otherwise update this variable. */
  @Override
  public Sharded<T> retained() {
    return get().retained();
  }

  /** Returns one replica of the current value; the caller closes it. */
  @Override
  public ShardedPromise<T> replica(int replica) {
    return get().replica(replica);
  }

  @Override
  @SuppressWarnings("unchecked") // The type is a phantom: only the shape is there to be right.
  public <S extends Element> ShardedRef<S> as(Class<S> type) {
    checkShape(shape(), type);
    return (ShardedRef<S>) this;
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

  /** Returns the type and the values, abbreviated as in NumPy. Waits for them. */
  @Override
  public String toString() {
    try {
      return "ShardedRef of a " + use(DeviceArray::text);
    } catch (HloException e) {
      return "ShardedRef: " + e.getMessage();
    }
  }
}
