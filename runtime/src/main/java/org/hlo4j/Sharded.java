package org.hlo4j;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.error.HloException;
import org.hlo4j.internal.buffer.RetainedArgument;
import org.hlo4j.internal.buffer.ShardSet;
import org.hlo4j.internal.transfer.ShardGather;
import org.hlo4j.type.Element;

/**
 * A tensor on a group of devices: something that a kernel for several devices takes. It is either
 * there, as a {@link ShardedBuffer}, or on its way, as a {@link ShardedPromise}; a kernel takes
 * both without waiting.
 *
 * <p>Each replica of the program has a tensor of its own. Within a replica the {@link #sharding()}
 * says which part of it each partition has.
 *
 * <p>Reading puts the tensor together of its shards. If there are several replicas, read each of
 * them, as in {@code x.replica(1).toFloatArray()}, or all by {@link #toArrays}: reading the whole
 * throws {@link ArgumentException}. Safe for use by many threads.
 *
 * @param <T> the tensor type, of the whole tensor
 */
public abstract sealed class Sharded<T extends Element> extends DeviceArray<T>
    permits ShardedBuffer, ShardedPromise, Sharded.Retained, ShardedRef {
  Sharded() {}

  @Override
  abstract ShardSet state();

  /** Uses the tensor as it is now: other threads may give a call that changes another value. */
  <R> R use(Function<ShardSet, R> user) {
    return user.apply(state());
  }

  /** The devices that hold this tensor. */
  public abstract DeviceGroup group();

  /** Which part of the tensor each device of a replica has. */
  public final Sharding sharding() {
    return Sharding.of(state().tiling());
  }

  /** The number of replicas, each of which has a tensor of its own. */
  public final int replicas() {
    return state().replicas();
  }

  /**
   * What each device has, in the order of the group. They need not be ready. Waits for a call that
   * is deferred to be given to the devices.
   *
   * @throws HloException if that call has failed
   */
  public final List<DeviceBuffer<?>> shards() {
    return IntStream.range(0, group().size()).<DeviceBuffer<?>>mapToObj(this::shard).toList();
  }

  /** What a device has, by its place in the group. It need not be ready; see {@link #shards}. */
  public final DeviceBuffer<?> shard(int place) {
    return new DeviceBuffer<>(state().shardAt(place).materialized(), group().device(place));
  }

  /**
   * One replica's tensor, by its number. It is the same memory: closing either closes both.
   *
   * @throws ArgumentException if there is no such replica
   */
  public abstract Sharded<T> replica(int replica);

  /**
   * This tensor for a call that would take it away: the call then leaves it, and XLA copies it on
   * each device.
   */
  public Sharded<T> retained() {
    return new Retained<>(this);
  }

  /**
   * This tensor under another type of the same shape. Both are the same buffers.
   *
   * @throws ArgumentException if that type's shape is another one
   */
  public abstract <S extends Element> Sharded<S> as(Class<S> type);

  /** The elements of each replica, in order, as arrays of a type. Waits for them. */
  public final <A> List<A> toArrays(Class<A> arrayType) {
    return toArraysAsync(arrayType).value();
  }

  /** A promise of the elements of each replica, in order, as arrays of a type. */
  public final <A> Promise<List<A>> toArraysAsync(Class<A> arrayType) {
    return new FuturePromise<>(use(now -> ShardGather.readEachAsync(now, arrayType)));
  }

  @Override
  public final <A> A toArray(Class<A> arrayType) {
    return toArrayAsync(arrayType).value();
  }

  @Override
  public final <A> Promise<A> toArrayAsync(Class<A> arrayType) {
    return new FuturePromise<>(use(now -> ShardGather.readAsync(onlyReplica(now), arrayType)));
  }

  @Override
  final void copyOut(Object target) {
    Object unused = use(now -> ShardGather.copy(onlyReplica(now), target));
  }

  @Override
  public final HostTensor<T> toHostTensor() {
    return toHostTensorAsync().value();
  }

  @Override
  public final Promise<HostTensor<T>> toHostTensorAsync() {
    return new FuturePromise<>(
        use(
            now ->
                ShardGather.hostTensorAsync(
                    onlyReplica(now), block -> new HostTensor<T>(now.shape(), block))));
  }

  @Override
  public final TensorView<T> view() {
    return new TensorView<>(shape(), use(now -> ShardGather.view(onlyReplica(now))));
  }

  private static ShardSet onlyReplica(ShardSet now) {
    if (now.replicas() > 1) {
      throw new ArgumentException(
          String.format(
              Locale.ROOT,
              "There are %d replicas of this %s: read one, as in x.replica(0).toArray(), or all by toArrays",
              now.replicas(),
              now.shape()));
    }
    return now;
  }

  /** A tensor on a group of devices that a call may not take away, though it would. */
  private static final class Retained<T extends Element> extends Sharded<T> {
    private final Sharded<T> sharded;
    private final RetainedArgument argument;

    Retained(Sharded<T> sharded) {
      this.sharded = sharded;
      this.argument = new RetainedArgument(sharded.state());
    }

    @Override
    ShardSet state() {
      return sharded.state();
    }

    @Override
    RetainedArgument argument() {
      return argument;
    }

    @Override
    public DeviceGroup group() {
      return sharded.group();
    }

    @Override
    public Sharded<T> retained() {
      return this;
    }

    @Override
    public Sharded<T> replica(int replica) {
      return sharded.replica(replica).retained();
    }

    @Override
    public <S extends Element> Sharded<S> as(Class<S> type) {
      return sharded.as(type).retained();
    }

    @Override
    public String toString() {
      return sharded.toString();
    }
  }
}
