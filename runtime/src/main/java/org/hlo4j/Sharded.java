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
 * A tensor on a group of devices, which a kernel for several devices takes: a {@link
 * ShardedBuffer}, or the {@link ShardedPromise} of one. Kernels take both without waiting.
 *
 * <p>Each replica of the program has its own tensor. Within a replica, the {@link #sharding()}
 * defines the part of it on each partition.
 *
 * <p>Reading assembles the tensor from its shards. If there are several replicas, reading the whole
 * throws {@link ArgumentException}: read each, as in {@code x.replica(1).toFloatArray()}, or all
 * with {@link #toArrays}. Safe for use by multiple threads.
 *
 * @param <T> the tensor type of the whole tensor
 */
public abstract sealed class Sharded<T extends Element> extends DeviceArray<T>
    permits ShardedBuffer, ShardedPromise, Sharded.Retained, ShardedRef {
  Sharded() {}

  @Override
  abstract ShardSet state();

  /** Applies a function to the current buffers; a variable stays unchanged while it runs. */
  <R> R use(Function<ShardSet, R> user) {
    return user.apply(state());
  }

  /** Returns the devices that hold this tensor. */
  public abstract DeviceGroup group();

  /** Returns the sharding of the tensor over the devices of a replica. */
  public final Sharding sharding() {
    return Sharding.of(state().tiling());
  }

  /** Returns the number of replicas, each of which has its own tensor. */
  public final int replicas() {
    return state().replicas();
  }

  /**
   * Returns the buffers, which may be pending, in the order of the group. Waits for a deferred call
   * to be launched.
   *
   * @throws HloException if that call failed
   */
  public final List<DeviceBuffer<?>> shards() {
    return IntStream.range(0, group().size()).<DeviceBuffer<?>>mapToObj(this::shard).toList();
  }

  /** Returns the buffer of a device, which may be pending, by its index; see {@link #shards}. */
  public final DeviceBuffer<?> shard(int place) {
    return new DeviceBuffer<>(state().shardAt(place).materialized(), group().device(place));
  }

  /**
   * Returns one replica's tensor by its index. It shares memory: closing one closes the other.
   *
   * @throws ArgumentException if there is no such replica
   */
  public abstract Sharded<T> replica(int replica);

  /**
   * Returns this tensor for a call that would otherwise consume it; XLA copies it on each device.
   */
  public Sharded<T> retained() {
    return new Retained<>(this);
  }

  /**
   * Returns this tensor as another type of the same shape, with the same buffers.
   *
   * @throws ArgumentException if the type declares another shape
   */
  public abstract <S extends Element> Sharded<S> as(Class<S> type);

  /** Returns the elements of each replica, in order, as arrays of a type. Waits for them. */
  public final <A> List<A> toArrays(Class<A> arrayType) {
    return toArraysAsync(arrayType).value();
  }

  /** Returns a promise of the elements of each replica, in order, as arrays of a type. */
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
              "There are %d replicas of this %s: read one, as in x.replica(0).toArray(), or all with toArrays",
              now.replicas(),
              now.shape()));
    }
    return now;
  }

  /** A tensor that a call may not consume. */
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
