package org.hlo4j;

import java.lang.foreign.MemorySegment;
import java.nio.Buffer;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.error.BufferStateException;
import org.hlo4j.error.HloException;
import org.hlo4j.internal.buffer.Argument;
import org.hlo4j.internal.buffer.ArrayState;
import org.hlo4j.internal.buffer.BufferState;
import org.hlo4j.internal.buffer.ShardSet;
import org.hlo4j.internal.host.HostData;
import org.hlo4j.internal.transfer.DeviceToHost;
import org.hlo4j.internal.transfer.ShardGather;
import org.hlo4j.type.Element;
import org.hlo4j.type.Shape;
import org.jspecify.annotations.Nullable;

/**
 * Elements in the memory of devices: a {@link Tensor} on one device, or a {@link Sharded} tensor on
 * a group of devices. This class reads both.
 *
 * <p>Reading copies the elements into a new array of what carries the element type, in row-major
 * order, whatever the device's own is:
 *
 * <ul>
 *   <li>{@code boolean[]} for {@code i1};
 *   <li>{@code byte[]} for integers of 2, 4 and 8 bits, {@code short[]}, {@code int[]} and {@code
 *       long[]} for wider ones. Unsigned integers have the same bits: {@link Byte#toUnsignedInt}
 *       and the like give the number;
 *   <li>{@code float[]} for {@code f32} and, exactly, for all narrower floats. These may also be
 *       read as their bits: a {@code short[]} of {@code f16} and {@code bf16}, a {@code byte[]} of
 *       the others;
 *   <li>{@code double[]} for {@code f64};
 *   <li>{@code float[]} and {@code double[]} for complex numbers: the real and the imaginary part
 *       of each, so that the array is twice as long.
 * </ul>
 *
 * <p>Each reading method throws {@link ArgumentException} if arrays of that type do not carry the
 * elements, or there are more than an array can have, before anything is transferred; and {@link
 * BufferStateException} if a buffer was closed or given away. Safe for use by many threads.
 *
 * @param <T> the tensor type
 */
public abstract sealed class DeviceArray<T extends Element> implements AutoCloseable
    permits Tensor, Sharded {
  DeviceArray() {}

  /** The buffers, which need not be ready, and may be deferred. */
  abstract ArrayState state();

  /** The element type and dimensions of the whole tensor. */
  public Shape shape() {
    return state().shape();
  }

  /** Whether a buffer was closed or given away to a kernel. */
  public boolean isClosed() {
    return state().isClosed();
  }

  /**
   * Frees the memory of the devices, once work that uses it has ended. Closing again does nothing;
   * a tensor that nobody closes is freed after it has become unreachable.
   */
  @Override
  public void close() {
    state().close();
  }

  /** What calls take for this. */
  Argument argument() {
    return state();
  }

  /** What calls take for an argument; a null is refused where the others are checked. */
  static @Nullable Argument argumentOf(@Nullable DeviceArray<?> array) {
    return array == null ? null : array.argument();
  }

  /** The type, where it is, and the values, or why there are none. Waits for them. */
  static String text(ArrayState state) {
    try {
      String values =
          switch (state) {
            case BufferState buffer -> DeviceToHost.text(buffer);
            case ShardSet shards -> ShardGather.text(shards);
          };
      return "%s%n%s".formatted(state.description(), values);
    } catch (HloException e) {
      return "%s: %s".formatted(state.description(), e.getMessage());
    }
  }

  /** Throws unless a type has the shape of a tensor, which is to have that type. */
  static void checkShape(Shape shape, Class<? extends Element> type) {
    Shape other = Shape.of(type);
    if (!other.equals(shape)) {
      throw new ArgumentException(
          "%s is not a %s, which is a %s".formatted(shape, type.getSimpleName(), other));
    }
  }

  /** Copies the elements into an array, a buffer or a segment. Waits for them. */
  abstract void copyOut(Object target);

  /** The elements, as an array of the natural kind. Waits for them. */
  public final Object toArray() {
    return toArray(HostData.arrayTypeOf(shape()));
  }

  /** A promise of the elements, as an array of the natural kind. */
  public final Promise<?> toArrayAsync() {
    return toArrayAsync(HostData.arrayTypeOf(shape()));
  }

  /**
   * The elements, as a flat array such as {@code float[].class}, or as nested arrays with one level
   * for each dimension, such as {@code float[][].class}. Waits for them.
   */
  public abstract <A> A toArray(Class<A> arrayType);

  /** A promise of the elements, as a flat array or as nested arrays. */
  public abstract <A> Promise<A> toArrayAsync(Class<A> arrayType);

  /** The elements of an {@code i1}. Waits for them. */
  public final boolean[] toBooleanArray() {
    return toArray(boolean[].class);
  }

  /** A promise of the elements of an {@code i1}. */
  public final Promise<boolean[]> toBooleanArrayAsync() {
    return toArrayAsync(boolean[].class);
  }

  /** The elements of integers of at most 8 bits, or the bits of such floats. Waits for them. */
  public final byte[] toByteArray() {
    return toArray(byte[].class);
  }

  /** A promise of the elements of integers of at most 8 bits, or of the bits of such floats. */
  public final Promise<byte[]> toByteArrayAsync() {
    return toArrayAsync(byte[].class);
  }

  /** The elements of a 16-bit integer type, or the bits of a 16-bit float. Waits for them. */
  public final short[] toShortArray() {
    return toArray(short[].class);
  }

  /** A promise of the elements of a 16-bit integer type, or of the bits of a 16-bit float. */
  public final Promise<short[]> toShortArrayAsync() {
    return toArrayAsync(short[].class);
  }

  /** The elements of a 32-bit integer type. Waits for them. */
  public final int[] toIntArray() {
    return toArray(int[].class);
  }

  /** A promise of the elements of a 32-bit integer type. */
  public final Promise<int[]> toIntArrayAsync() {
    return toArrayAsync(int[].class);
  }

  /** The elements of a 64-bit integer type. Waits for them. */
  public final long[] toLongArray() {
    return toArray(long[].class);
  }

  /** A promise of the elements of a 64-bit integer type. */
  public final Promise<long[]> toLongArrayAsync() {
    return toArrayAsync(long[].class);
  }

  /**
   * The elements of a float type of at most 32 bits, or of {@code complex<f32>}. Waits for them.
   */
  public final float[] toFloatArray() {
    return toArray(float[].class);
  }

  /** A promise of the elements of a float type of at most 32 bits, or of {@code complex<f32>}. */
  public final Promise<float[]> toFloatArrayAsync() {
    return toArrayAsync(float[].class);
  }

  /** The elements of an {@code f64} or {@code complex<f64>}. Waits for them. */
  public final double[] toDoubleArray() {
    return toArray(double[].class);
  }

  /** A promise of the elements of an {@code f64} or {@code complex<f64>}. */
  public final Promise<double[]> toDoubleArrayAsync() {
    return toArrayAsync(double[].class);
  }

  /**
   * Copies the bytes of the elements, dense and row-major in the machine's byte order, into memory
   * of the shape's size in bytes. Types narrower than a byte take one byte an element, with zeros
   * above its bits. Waits for them.
   *
   * @throws ArgumentException if {@code target} has another size, or is read-only
   */
  public final void copyTo(MemorySegment target) {
    copyOut(target);
  }

  /**
   * Copies the elements into an array that is there already, flat or nested: for large tensors that
   * takes half the time, since new memory is slow. Waits for them.
   *
   * @throws ArgumentException if {@code target} is no array of the right type, length and depth
   */
  public final void copyToArray(Object target) {
    if (!target.getClass().isArray()) {
      throw new ArgumentException(
          "%s goes into an array, not into a %s"
              .formatted(shape(), target.getClass().getSimpleName()));
    }
    copyOut(target);
  }

  /**
   * Copies the elements into a buffer, from its position to its limit, both of which stay. A {@link
   * java.nio.ByteBuffer} takes the bytes of elements of any type. Waits for them.
   *
   * @throws ArgumentException if {@code target} has not just the room, carries other elements, is
   *     read-only, or has another byte order than the machine
   */
  public final void copyTo(Buffer target) {
    copyOut(target);
  }

  /** The elements, copied into host memory of their own. Waits for them. */
  public abstract HostTensor<T> toHostTensor();

  /** A promise of the elements in host memory of their own. */
  public abstract Promise<HostTensor<T>> toHostTensorAsync();

  /**
   * The elements as memory that can be read until the view is closed: without a copy on a device
   * that shares the host's memory, if it has all elements and keeps them as the host wants them.
   * Waits for them.
   *
   * @throws BufferStateException if the buffer is being donated right now
   */
  public abstract TensorView<T> view();
}
