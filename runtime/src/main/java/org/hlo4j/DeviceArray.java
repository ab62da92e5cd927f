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
 * A tensor in device memory: a {@link Tensor} on one device, or a {@link Sharded} tensor on a group
 * of devices. This class reads both.
 *
 * <p>Reading copies the elements into a new array in row-major order, whatever the device's layout.
 * The element type determines the array type:
 *
 * <ul>
 *   <li>{@code boolean[]} for {@code i1};
 *   <li>{@code byte[]} for integers of 2, 4 and 8 bits, {@code short[]}, {@code int[]} and {@code
 *       long[]} for wider ones. Unsigned integers keep their bits; use {@link Byte#toUnsignedInt}
 *       and the like to convert them;
 *   <li>{@code float[]} for {@code f32} and all narrower floats, which convert exactly. Narrower
 *       floats may also be read as bits: {@code f16} and {@code bf16} as {@code short[]}, the
 *       others as {@code byte[]};
 *   <li>{@code double[]} for {@code f64};
 *   <li>{@code float[]} and {@code double[]} for complex numbers, with alternating real and
 *       imaginary parts, so that the array is twice as long.
 * </ul>
 *
 * <p>Each reading method throws {@link ArgumentException}, before any transfer, if the array type
 * does not match the element type or the elements do not fit into one array, and {@link
 * BufferStateException} if a buffer was closed or donated. Safe for use by multiple threads.
 *
 * @param <T> the tensor type
 */
public abstract sealed class DeviceArray<T extends Element> implements AutoCloseable
    permits Tensor, Sharded {
  DeviceArray() {}

  /** Returns the buffers, which may be pending or deferred. */
  abstract ArrayState state();

  /** Returns the element type and dimensions of the whole tensor. */
  public Shape shape() {
    return state().shape();
  }

  /** Returns whether a buffer was closed or donated to a kernel. */
  public boolean isClosed() {
    return state().isClosed();
  }

  /**
   * Frees the device memory once pending work that uses it has completed. Idempotent. Unclosed
   * tensors are freed after they have become unreachable.
   */
  @Override
  public void close() {
    state().close();
  }

  /** Returns this tensor as an argument of calls. */
  Argument argument() {
    return state();
  }

  /** Returns the arguments of a call, whose checks reject null. */
  static @Nullable Argument[] argumentsOf(@Nullable DeviceArray<?>[] arrays) {
    @Nullable Argument[] arguments = new Argument[arrays.length];
    for (int i = 0; i < arguments.length; i++) {
      DeviceArray<?> array = arrays[i];
      arguments[i] = array == null ? null : array.argument();
    }
    return arguments;
  }

  /** Returns the description and the values, or why there are no values. Waits for them. */
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

  /** Throws unless a tensor type declares the given shape. */
  static void checkShape(Shape shape, Class<? extends Element> type) {
    Shape other = Shape.of(type);
    if (!other.equals(shape)) {
      throw new ArgumentException(
          "%s is not a %s, which is a %s".formatted(shape, type.getSimpleName(), other));
    }
  }

  /** Copies the elements into an array, a buffer or a segment. Waits for them. */
  abstract void copyOut(Object target);

  /** Returns the elements as an array of the default type. Waits for them. */
  public final Object toArray() {
    return toArray(HostData.arrayTypeOf(shape()));
  }

  /** Returns a promise of the elements as an array of the default type. */
  public final Promise<?> toArrayAsync() {
    return toArrayAsync(HostData.arrayTypeOf(shape()));
  }

  /**
   * Returns the elements as a flat array such as {@code float[].class}, or as nested arrays with
   * one level per dimension, such as {@code float[][].class}. Waits for them.
   */
  public abstract <A> A toArray(Class<A> arrayType);

  /** Returns a promise of the elements, as a flat array or as nested arrays. */
  public abstract <A> Promise<A> toArrayAsync(Class<A> arrayType);

  /** Returns the elements of an {@code i1}. Waits for them. */
  public final boolean[] toBooleanArray() {
    return toArray(boolean[].class);
  }

  /** Returns a promise of the elements of an {@code i1}. */
  public final Promise<boolean[]> toBooleanArrayAsync() {
    return toArrayAsync(boolean[].class);
  }

  /** Returns integers of at most 8 bits, or the bits of such floats. Waits for them. */
  public final byte[] toByteArray() {
    return toArray(byte[].class);
  }

  /** Returns a promise of integers of at most 8 bits, or of the bits of such floats. */
  public final Promise<byte[]> toByteArrayAsync() {
    return toArrayAsync(byte[].class);
  }

  /** Returns 16-bit integers, or the bits of 16-bit floats. Waits for them. */
  public final short[] toShortArray() {
    return toArray(short[].class);
  }

  /** Returns a promise of 16-bit integers, or of the bits of 16-bit floats. */
  public final Promise<short[]> toShortArrayAsync() {
    return toArrayAsync(short[].class);
  }

  /** Returns the elements of a 32-bit integer type. Waits for them. */
  public final int[] toIntArray() {
    return toArray(int[].class);
  }

  /** Returns a promise of the elements of a 32-bit integer type. */
  public final Promise<int[]> toIntArrayAsync() {
    return toArrayAsync(int[].class);
  }

  /** Returns the elements of a 64-bit integer type. Waits for them. */
  public final long[] toLongArray() {
    return toArray(long[].class);
  }

  /** Returns a promise of the elements of a 64-bit integer type. */
  public final Promise<long[]> toLongArrayAsync() {
    return toArrayAsync(long[].class);
  }

  /** Returns floats of at most 32 bits, or {@code complex<f32>}. Waits for them. */
  public final float[] toFloatArray() {
    return toArray(float[].class);
  }

  /** Returns a promise of floats of at most 32 bits, or of {@code complex<f32>}. */
  public final Promise<float[]> toFloatArrayAsync() {
    return toArrayAsync(float[].class);
  }

  /** Returns the elements of an {@code f64} or {@code complex<f64>}. Waits for them. */
  public final double[] toDoubleArray() {
    return toArray(double[].class);
  }

  /** Returns a promise of the elements of an {@code f64} or {@code complex<f64>}. */
  public final Promise<double[]> toDoubleArrayAsync() {
    return toArrayAsync(double[].class);
  }

  /**
   * Copies the bytes of the elements, dense and row-major in the machine's byte order, into memory
   * of {@link Shape#byteSize} bytes. Elements narrower than a byte are zero-extended to one. Waits
   * for them.
   *
   * @throws ArgumentException if {@code target} has another size or is read-only
   */
  public final void copyTo(MemorySegment target) {
    copyOut(target);
  }

  /**
   * Copies the elements into an existing array, flat or nested. For large tensors that takes half
   * the time of a new array. Waits for them.
   *
   * @throws ArgumentException if {@code target} is not an array of the right type, length and depth
   */
  public final void copyToArray(Object target) {
    if (!target.getClass().isArray()) {
      throw new ArgumentException(
          "%s is copied into an array, not into a %s"
              .formatted(shape(), target.getClass().getSimpleName()));
    }
    copyOut(target);
  }

  /**
   * Copies the elements into a buffer, from its position to its limit, which stay unchanged. A
   * {@link java.nio.ByteBuffer} receives the bytes of elements of any type. Waits for them.
   *
   * @throws ArgumentException if the remaining size, type or byte order of {@code target} does not
   *     match, or it is read-only
   */
  public final void copyTo(Buffer target) {
    copyOut(target);
  }

  /** Copies the elements into a new host tensor. Waits for them. */
  public abstract HostTensor<T> toHostTensor();

  /** Starts copying the elements into a new host tensor. */
  public abstract Promise<HostTensor<T>> toHostTensorAsync();

  /**
   * Returns a view of the elements, readable until it is closed. The view is zero-copy on a device
   * that shares the host's memory, if the whole tensor is there in the host's layout. Waits for
   * them.
   *
   * @throws BufferStateException if the buffer is being donated by a concurrent call
   */
  public abstract TensorView<T> view();
}
