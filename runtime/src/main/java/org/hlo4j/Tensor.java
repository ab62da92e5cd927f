package org.hlo4j;

import java.lang.foreign.MemorySegment;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.error.BufferStateException;
import org.hlo4j.internal.host.HostArrays;
import org.hlo4j.type.Element;
import org.hlo4j.type.Shape;
import org.jspecify.annotations.Nullable;

/**
 * A tensor on a device: something that a kernel takes. It is either there, as a {@link
 * DeviceBuffer}, or on its way, as a {@link BufferPromise}; a kernel takes both without waiting.
 *
 * <p>Reading a tensor copies it into a new array of the element type's natural kind: {@code
 * boolean[]} for {@code i1}; {@code byte[]}, {@code short[]}, {@code int[]} and {@code long[]} for
 * integers, signed or unsigned, of that width; {@code float[]} for {@code f32}, and, converted, for
 * {@code f16} and {@code bf16}; {@code double[]} for {@code f64}. {@code toShortArray} of an {@code
 * f16} or {@code bf16} gives the raw bits. The order is row-major.
 *
 * <p>Each reading method throws {@link ArgumentException} if the elements are of another kind, and
 * {@link BufferStateException} if the buffer was closed or given away. Safe for use by many
 * threads.
 *
 * @param <T> the tensor type
 */
public abstract sealed class Tensor<T extends Element> implements AutoCloseable
    permits DeviceBuffer, BufferPromise, RetainedTensor {
  Tensor() {}

  /** The buffer, which need not be ready. Waits until there is one. */
  abstract DeviceBuffer<T> buffer();

  /** The buffer, or null while there is only a {@link #pending} one. */
  abstract @Nullable DeviceBuffer<T> made();

  /** The buffer of a call that the device has not been given yet; null if there never was one. */
  abstract @Nullable PendingBuffer<T> pending();

  /** Whether both stand for one holder of a buffer. */
  final boolean isSameBuffer(Tensor<?> other) {
    DeviceBuffer<T> made = made();
    return made != null ? made == other.made() : pending() == other.pending();
  }

  /** The element type and dimensions. */
  public abstract Shape shape();

  /** The device that holds this tensor. */
  public abstract Device device();

  /**
   * This tensor for a call that would take it away, such as {@code step(params.retained(), x)}: the
   * call then leaves it, and XLA copies it. This is the one place where a copy is asked for.
   */
  public Tensor<T> retained() {
    return new RetainedTensor<>(this);
  }

  final void checkShape(Class<? extends Element> type) {
    Shape other = Shape.of(type);
    if (!other.equals(shape())) {
      throw new ArgumentException(
          "%s is not a %s, which is a %s".formatted(shape(), type.getSimpleName(), other));
    }
  }

  /**
   * This tensor under another type of the same shape. Both are the same buffer.
   *
   * @throws ArgumentException if that type's shape is another one
   */
  public abstract <S extends Element> Tensor<S> as(Class<S> type);

  /** Whether the buffer was closed or given away to a kernel. */
  public abstract boolean isClosed();

  /**
   * Frees the device's memory, once work that uses it has ended. Closing again does nothing; a
   * tensor that nobody closes is freed after it has become unreachable.
   */
  @Override
  public abstract void close();

  /** The elements, as an array of the natural kind. Waits for them. */
  public final Object toArray() {
    return read(HostArrays.arrayTypeOf(shape()));
  }

  /** A promise of the elements, as an array of the natural kind. */
  public final Promise<?> toArrayAsync() {
    return readAsync(HostArrays.arrayTypeOf(shape()));
  }

  /** The elements of an {@code i1}. Waits for them. */
  public final boolean[] toBooleanArray() {
    return read(boolean[].class);
  }

  /** A promise of the elements of an {@code i1}. */
  public final Promise<boolean[]> toBooleanArrayAsync() {
    return readAsync(boolean[].class);
  }

  /** The elements of an 8-bit integer type. Waits for them. */
  public final byte[] toByteArray() {
    return read(byte[].class);
  }

  /** A promise of the elements of an 8-bit integer type. */
  public final Promise<byte[]> toByteArrayAsync() {
    return readAsync(byte[].class);
  }

  /** The elements of a 16-bit integer type, or the bits of a 16-bit float. Waits for them. */
  public final short[] toShortArray() {
    return read(short[].class);
  }

  /** A promise of the elements of a 16-bit integer type, or of the bits of a 16-bit float. */
  public final Promise<short[]> toShortArrayAsync() {
    return readAsync(short[].class);
  }

  /** The elements of a 32-bit integer type. Waits for them. */
  public final int[] toIntArray() {
    return read(int[].class);
  }

  /** A promise of the elements of a 32-bit integer type. */
  public final Promise<int[]> toIntArrayAsync() {
    return readAsync(int[].class);
  }

  /** The elements of a 64-bit integer type. Waits for them. */
  public final long[] toLongArray() {
    return read(long[].class);
  }

  /** A promise of the elements of a 64-bit integer type. */
  public final Promise<long[]> toLongArrayAsync() {
    return readAsync(long[].class);
  }

  /** The elements of an {@code f32}, {@code f16} or {@code bf16}. Waits for them. */
  public final float[] toFloatArray() {
    return read(float[].class);
  }

  /** A promise of the elements of an {@code f32}, {@code f16} or {@code bf16}. */
  public final Promise<float[]> toFloatArrayAsync() {
    return readAsync(float[].class);
  }

  /** The elements of an {@code f64}. Waits for them. */
  public final double[] toDoubleArray() {
    return read(double[].class);
  }

  /** A promise of the elements of an {@code f64}. */
  public final Promise<double[]> toDoubleArrayAsync() {
    return readAsync(double[].class);
  }

  /**
   * Copies the bytes of the elements, dense and row-major in the machine's byte order, into memory
   * of the shape's size in bytes. Types narrower than a byte take one byte an element. Waits for
   * them.
   *
   * @throws ArgumentException if {@code target} has another size, or is read-only
   */
  public final void copyTo(MemorySegment target) {
    ReadBack.copy(buffer(), target);
  }

  private <A> A read(Class<A> arrayType) {
    return ReadBack.read(buffer(), arrayType);
  }

  private <A> Promise<A> readAsync(Class<A> arrayType) {
    DeviceBuffer<T> made = made();
    PendingBuffer<T> pending = pending();
    return made == null && pending != null
        ? ReadBack.readAsync(pending, arrayType)
        : ReadBack.readAsync(buffer(), arrayType);
  }
}
