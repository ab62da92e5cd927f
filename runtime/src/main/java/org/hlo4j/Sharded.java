package org.hlo4j;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Locale;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.error.BufferStateException;
import org.hlo4j.internal.host.HostData;
import org.hlo4j.type.Element;
import org.hlo4j.type.Shape;

/**
 * A tensor on a group of devices: something that a kernel for several devices takes. It is either
 * there, as a {@link ShardedBuffer}, or on its way, as a {@link ShardedPromise}; a kernel takes
 * both without waiting.
 *
 * <p>Each replica of the program has a tensor of its own. Within a replica the {@link #sharding()}
 * says which part of it each partition has.
 *
 * <p>Reading puts the tensor together of its parts, as {@link Tensor} reads it from one device. If
 * there are several replicas, read each of them: {@code x.replica(1).toFloatArray()}, or {@link
 * #toArrays}. Each reading method throws {@link ArgumentException} if the elements are of another
 * kind or there are several replicas, and {@link BufferStateException} if a shard was closed or
 * given away. Safe for use by many threads.
 *
 * @param <T> the tensor type, of the whole tensor
 */
public abstract sealed class Sharded<T extends Element> implements AutoCloseable
    permits ShardedBuffer, ShardedPromise {
  Sharded() {}

  /** The buffers, which need not be ready. */
  abstract ShardedBuffer<T> buffer();

  /** The element type and dimensions of the whole tensor. */
  public final Shape shape() {
    return buffer().wholeShape();
  }

  /** The devices that hold this tensor. */
  public final DeviceGroup group() {
    return buffer().deviceGroup();
  }

  /** Which part of the tensor each device of a replica has. */
  public final Sharding sharding() {
    return buffer().spread();
  }

  /** The number of replicas, each of which has a tensor of its own. */
  public final int replicas() {
    return group().size() / sharding().devices();
  }

  /** What each device has, in the order of the group. They need not be ready. */
  public final List<DeviceBuffer<?>> shards() {
    return buffer().shardList();
  }

  /** What a device has, by its place in the group. It need not be ready. */
  public final DeviceBuffer<?> shard(int place) {
    return shards().get(place);
  }

  /**
   * One replica's tensor, by its number. It is the same memory: closing either closes both.
   *
   * @throws ArgumentException if there is no such replica
   */
  public abstract Sharded<T> replica(int replica);

  /**
   * This tensor under another type of the same shape. Both are the same buffers.
   *
   * @throws ArgumentException if that type's shape is another one
   */
  public abstract <S extends Element> Sharded<S> as(Class<S> type);

  /** Whether any of the shards was closed or given away to a kernel. */
  public final boolean isClosed() {
    return shards().stream().anyMatch(DeviceBuffer::isClosed);
  }

  /**
   * Frees the devices' memory, once work that uses it has ended. Closing again does nothing; shards
   * that nobody closes are freed after they have become unreachable.
   */
  @Override
  public final void close() {
    shards().forEach(DeviceBuffer::close);
  }

  /** The elements of each replica, in order, as arrays of a type. Waits for them. */
  public final <A> List<A> toArrays(Class<A> arrayType) {
    return Gathering.readEachAsync(buffer(), arrayType).value();
  }

  /** A promise of the elements of each replica, in order, as arrays of a type. */
  public final <A> Promise<List<A>> toArraysAsync(Class<A> arrayType) {
    return Gathering.readEachAsync(buffer(), arrayType);
  }

  /** The elements, as an array of the natural kind. Waits for them. */
  public final Object toArray() {
    return toArrayAsync().value();
  }

  /** A promise of the elements, as an array of the natural kind. */
  public final Promise<?> toArrayAsync() {
    return readAsync(HostData.arrayTypeOf(shape()));
  }

  /** The elements of an {@code i1}. Waits for them. */
  public final boolean[] toBooleanArray() {
    return toBooleanArrayAsync().value();
  }

  /** A promise of the elements of an {@code i1}. */
  public final Promise<boolean[]> toBooleanArrayAsync() {
    return readAsync(boolean[].class);
  }

  /** The elements of an 8-bit integer type. Waits for them. */
  public final byte[] toByteArray() {
    return toByteArrayAsync().value();
  }

  /** A promise of the elements of an 8-bit integer type. */
  public final Promise<byte[]> toByteArrayAsync() {
    return readAsync(byte[].class);
  }

  /** The elements of a 16-bit integer type, or the bits of a 16-bit float. Waits for them. */
  public final short[] toShortArray() {
    return toShortArrayAsync().value();
  }

  /** A promise of the elements of a 16-bit integer type, or of the bits of a 16-bit float. */
  public final Promise<short[]> toShortArrayAsync() {
    return readAsync(short[].class);
  }

  /** The elements of a 32-bit integer type. Waits for them. */
  public final int[] toIntArray() {
    return toIntArrayAsync().value();
  }

  /** A promise of the elements of a 32-bit integer type. */
  public final Promise<int[]> toIntArrayAsync() {
    return readAsync(int[].class);
  }

  /** The elements of a 64-bit integer type. Waits for them. */
  public final long[] toLongArray() {
    return toLongArrayAsync().value();
  }

  /** A promise of the elements of a 64-bit integer type. */
  public final Promise<long[]> toLongArrayAsync() {
    return readAsync(long[].class);
  }

  /** The elements of an {@code f32}, {@code f16} or {@code bf16}. Waits for them. */
  public final float[] toFloatArray() {
    return toFloatArrayAsync().value();
  }

  /** A promise of the elements of an {@code f32}, {@code f16} or {@code bf16}. */
  public final Promise<float[]> toFloatArrayAsync() {
    return readAsync(float[].class);
  }

  /** The elements of an {@code f64}. Waits for them. */
  public final double[] toDoubleArray() {
    return toDoubleArrayAsync().value();
  }

  /** A promise of the elements of an {@code f64}. */
  public final Promise<double[]> toDoubleArrayAsync() {
    return readAsync(double[].class);
  }

  /**
   * Copies the bytes of the elements as {@link Tensor#copyTo} does. Waits for them.
   *
   * @throws ArgumentException if {@code target} has another size, or is read-only, or if there are
   *     several replicas
   */
  public final void copyTo(MemorySegment target) {
    Gathering.copy(onlyReplica(), target);
  }

  private <A> Promise<A> readAsync(Class<A> arrayType) {
    return Gathering.readAsync(onlyReplica(), arrayType);
  }

  private ShardedBuffer<T> onlyReplica() {
    if (replicas() > 1) {
      throw new ArgumentException(
          String.format(
              Locale.ROOT,
              "There are %d replicas of this %s: read one, as in x.replica(0).toArray(), or all by toArrays",
              replicas(),
              shape()));
    }
    return buffer();
  }
}
