package org.hlo4j;

import java.lang.foreign.MemorySegment;
import java.nio.Buffer;
import java.util.function.Function;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.error.BufferStateException;
import org.hlo4j.error.PjrtException;
import org.hlo4j.internal.host.HostData;
import org.hlo4j.type.Element;
import org.hlo4j.type.Shape;

/**
 * A tensor on a device: something that a kernel takes. It is either there, as a {@link
 * DeviceBuffer}, or on its way, as a {@link BufferPromise}; a kernel takes both without waiting.
 *
 * <p>Reading a tensor copies its elements into a new array of what carries the element type, in
 * row-major order, whatever the device's own is:
 *
 * <ul>
 *   <li>{@code boolean[]} for {@code i1};
 *   <li>{@code byte[]} for integers of 2, 4 and 8 bits, {@code short[]}, {@code int[]} and {@code
 *       long[]} for wider ones. What is unsigned has the same bits: {@link Byte#toUnsignedInt} and
 *       the like give the number;
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
 * BufferStateException} if the buffer was closed or given away. Safe for use by many threads.
 *
 * @param <T> the tensor type
 */
public abstract sealed class Tensor<T extends Element> implements AutoCloseable
    permits DeviceBuffer, BufferPromise, RetainedTensor, Ref {
  Tensor() {}

  /** The buffer, which need not be ready, and may be deferred. */
  abstract DeviceBuffer<T> buffer();

  /** Uses the tensor as it is now: other threads may give one that changes another value. */
  <R> R use(Function<Tensor<T>, R> user) {
    return user.apply(this);
  }

  /** Whether both stand for one holder of a buffer. */
  final boolean isSameBuffer(Tensor<?> other) {
    return buffer() == other.buffer();
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
    return read(HostData.arrayTypeOf(shape()));
  }

  /** A promise of the elements, as an array of the natural kind. */
  public final Promise<?> toArrayAsync() {
    return readAsync(HostData.arrayTypeOf(shape()));
  }

  /**
   * The elements, as a flat array such as {@code float[].class}, or as nested arrays with one level
   * for each dimension, such as {@code float[][].class}. Waits for them.
   */
  public final <A> A toArray(Class<A> arrayType) {
    return read(arrayType);
  }

  /** A promise of the elements, as a flat array or as nested arrays. */
  public final <A> Promise<A> toArrayAsync(Class<A> arrayType) {
    return readAsync(arrayType);
  }

  /** The elements of an {@code i1}. Waits for them. */
  public final boolean[] toBooleanArray() {
    return read(boolean[].class);
  }

  /** A promise of the elements of an {@code i1}. */
  public final Promise<boolean[]> toBooleanArrayAsync() {
    return readAsync(boolean[].class);
  }

  /** The elements of integers of at most 8 bits, or the bits of such floats. Waits for them. */
  public final byte[] toByteArray() {
    return read(byte[].class);
  }

  /** A promise of the elements of integers of at most 8 bits, or of the bits of such floats. */
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

  /**
   * The elements of a float type of at most 32 bits, or of {@code complex<f32>}. Waits for them.
   */
  public final float[] toFloatArray() {
    return read(float[].class);
  }

  /** A promise of the elements of a float type of at most 32 bits, or of {@code complex<f32>}. */
  public final Promise<float[]> toFloatArrayAsync() {
    return readAsync(float[].class);
  }

  /** The elements of an {@code f64} or {@code complex<f64>}. Waits for them. */
  public final double[] toDoubleArray() {
    return read(double[].class);
  }

  /** A promise of the elements of an {@code f64} or {@code complex<f64>}. */
  public final Promise<double[]> toDoubleArrayAsync() {
    return readAsync(double[].class);
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
  public final HostTensor<T> toHostTensor() {
    return use(tensor -> ReadBack.hostTensor(tensor.buffer().materialized()));
  }

  /** A promise of the elements in host memory of their own. */
  public final Promise<HostTensor<T>> toHostTensorAsync() {
    return use(tensor -> ReadBack.hostTensorAsync(tensor.buffer()));
  }

  /**
   * The elements as memory that can be read until the view is closed: without a copy on a device
   * that shares the host's memory, if it keeps them as the host wants them. Waits for them.
   *
   * @throws BufferStateException if the buffer is being donated right now
   */
  public final TensorView<T> view() {
    return use(tensor -> ReadBack.view(tensor.buffer().materialized()));
  }

  /**
   * The memory that the tensor is in.
   *
   * @throws PjrtException if the plugin does not tell
   */
  public final Memory memory() {
    return use(tensor -> Copying.memoryOf(tensor.buffer().materialized()));
  }

  /**
   * Copies this tensor to another device of the same client, or to this one again, and waits for it
   * to arrive.
   *
   * @throws ArgumentException if the device is of another client
   * @throws PjrtException if the plugin cannot do that
   */
  public final DeviceBuffer<T> copyTo(Device target) {
    return copyToAsync(target).value();
  }

  /** Starts copying this tensor to a device of the same client. */
  public final BufferPromise<T> copyToAsync(Device target) {
    return use(tensor -> Copying.toDevice(tensor.buffer(), target));
  }

  /**
   * Copies this tensor to a memory of the same client, and waits for it to arrive.
   *
   * @throws ArgumentException if the memory is of another client
   * @throws PjrtException if the plugin cannot do that
   */
  public final DeviceBuffer<T> copyTo(Memory target) {
    return copyToAsync(target).value();
  }

  /** Starts copying this tensor to a memory of the same client. */
  public final BufferPromise<T> copyToAsync(Memory target) {
    return use(tensor -> Copying.toMemory(tensor.buffer(), target));
  }

  private void copyOut(Object target) {
    Object unused =
        use(
            tensor -> {
              ReadBack.copy(tensor.buffer().materialized(), target);
              return target;
            });
  }

  private <A> A read(Class<A> arrayType) {
    return use(tensor -> ReadBack.read(tensor.buffer().materialized(), arrayType));
  }

  private <A> Promise<A> readAsync(Class<A> arrayType) {
    return use(tensor -> ReadBack.readAsync(tensor.buffer(), arrayType));
  }
}
