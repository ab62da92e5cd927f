package org.hlo4j;

import java.util.function.Function;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.error.BufferStateException;
import org.hlo4j.error.HloException;
import org.hlo4j.internal.buffer.RefState;
import org.hlo4j.internal.buffer.ShardSet;
import org.hlo4j.type.Element;

/**
 * A variable on a group of devices, as {@link Ref} is one on a device: a call that would take its
 * tensor away replaces it by the output that gets the tensor's memory, which is then none of the
 * call's results. Safe for use by many threads.
 *
 * @param <T> the tensor type, of the whole tensor
 */
public final class ShardedRef<T extends Element> extends Sharded<T> {
  private final DeviceGroup group;
  private final RefState slot;

  private ShardedRef(RefState slot, DeviceGroup group) {
    this.slot = slot;
    this.group = group;
  }

  /**
   * A variable with a first value, which it takes over: the tensor is spent. One that is {@link
   * Sharded#retained} is not, and copied before it is replaced.
   *
   * @throws BufferStateException if a shard was closed or given away
   */
  public static <T extends Element> ShardedRef<T> of(Sharded<T> value) {
    ShardedRef<T> ref =
        new ShardedRef<>(RefState.of("ShardedRef", value.argument()), value.group());
    TensorScope.add(ref.slot);
    return ref;
  }

  /**
   * The value as it is now, which later calls do not change: while it is open, they copy it before
   * they replace it. The caller closes it.
   *
   * @throws BufferStateException if this was closed
   */
  public ShardedPromise<T> get() {
    return ShardedPromise.created((ShardSet) slot.share(), group);
  }

  /**
   * Puts another value there, and takes it over: the tensor is spent. Calls that were made before
   * are not affected.
   *
   * @throws ArgumentException if it has another shape or sharding, is on other devices, or is this
   * @throws BufferStateException if it was closed or given away, or this was closed
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

  /** The value as it is now, for a call that would replace it and is not to. */
  @Override
  public Sharded<T> retained() {
    return get().retained();
  }

  /** One replica of the value as it is now; the caller closes it. */
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

  /** Frees the value, once work that uses it has ended. Closing again does nothing. */
  @Override
  public void close() {
    slot.close("was closed");
  }

  /** The type and the values, cut short as NumPy does. Waits for them. */
  @Override
  public String toString() {
    try {
      return "ShardedRef of a " + use(DeviceArray::text);
    } catch (HloException e) {
      return "ShardedRef: " + e.getMessage();
    }
  }
}
