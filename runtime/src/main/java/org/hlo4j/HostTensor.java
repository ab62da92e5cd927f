package org.hlo4j;

import java.lang.foreign.MemorySegment;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.error.BufferStateException;
import org.hlo4j.internal.host.HostData;
import org.hlo4j.internal.host.StoredBytes;
import org.hlo4j.internal.host.TensorText;
import org.hlo4j.internal.memory.HostMemoryPool;
import org.hlo4j.internal.memory.Lease;
import org.hlo4j.type.Element;
import org.hlo4j.type.Shape;
import org.jspecify.annotations.Nullable;

/**
 * A tensor in off-heap host memory, dense and row-major. The memory is aligned to 64 bytes and
 * comes from a pool, since faulting in new pages costs more than copying into existing ones.
 *
 * <p>{@link Device#put(HostTensor)} transfers ownership of the memory to a CPU device without a
 * copy; other devices copy it. In both cases, as after {@link #close()}, methods of the tensor
 * throw {@link BufferStateException}, and access through its segment throws {@link
 * IllegalStateException}. The memory returns to the pool when the device no longer needs it. An
 * unclosed tensor is freed after it and its segment have become unreachable.
 *
 * <p>The system property {@code hlo4j.hostPool.bytes} limits the unused memory in the pool; the
 * default is 256 MiB. Safe for use by multiple threads, which must order their own reads and
 * writes.
 *
 * @param <T> the tensor type
 */
public final class HostTensor<T extends Element> implements AutoCloseable {
  private final Shape shape;
  private HostMemoryPool.@Nullable Block block;
  private @Nullable Lease lease;
  private String fate = "was closed";

  /** Takes ownership of a block of the shape's size. */
  HostTensor(Shape shape, HostMemoryPool.Block block) {
    this.shape = shape;
    this.block = block;
    TensorScope.add(this);
  }

  /** Allocates a tensor with undefined elements. */
  public static <T extends Element> HostTensor<T> allocate(Class<T> type) {
    Shape shape = Shape.of(type);
    return new HostTensor<>(shape, HostMemoryPool.take(shape.byteSize()));
  }

  /** Allocates a tensor with undefined elements, for shapes known only at run time. */
  public static HostTensor<?> allocate(Shape shape) {
    return new HostTensor<>(shape, HostMemoryPool.take(shape.byteSize()));
  }

  /** Returns the element type and dimensions. */
  public Shape shape() {
    return shape;
  }

  /**
   * Returns this tensor as another type of the same shape. Both are the same tensor.
   *
   * @throws ArgumentException if the type declares another shape
   */
  @SuppressWarnings("unchecked") // The type is a phantom: only the shape is there to be right.
  public <S extends Element> HostTensor<S> as(Class<S> type) {
    DeviceArray.checkShape(shape, type);
    return (HostTensor<S>) this;
  }

  /** Returns whether this tensor was closed or handed over to a device. */
  public synchronized boolean isClosed() {
    return block == null;
  }

  /**
   * Returns the memory: the elements in the machine's byte order, with those narrower than a byte
   * in one byte each. Any thread may read and write it until the tensor is closed or handed over.
   *
   * @throws BufferStateException if this tensor was closed or handed over
   */
  public synchronized MemorySegment segment() {
    HostMemoryPool.Block open = open();
    if (lease == null) {
      lease = new Lease(open.segment(), open);
    }
    return lease.segment();
  }

  /**
   * Fills the tensor with data in any form that {@link Device#put(Shape, Object)} accepts.
   *
   * @return this tensor
   * @throws ArgumentException if the data does not match the type; the elements are then undefined
   * @throws BufferStateException if this tensor was closed or handed over
   */
  public synchronized HostTensor<T> set(Object data) {
    HostData source = HostData.source(shape, data);
    source.write(open().segment());
    return this;
  }

  /**
   * Returns the elements in a new array, as {@link Tensor#toArray(Class)} does.
   *
   * @throws ArgumentException if arrays of that type cannot hold the elements
   * @throws BufferStateException if this tensor was closed or handed over
   */
  public synchronized <A> A toArray(Class<A> arrayType) {
    HostData.checkType(shape, arrayType);
    return HostData.read(shape, arrayType, open().segment());
  }

  /**
   * Returns the elements in a new flat array of the default type (see {@link DeviceArray}).
   *
   * @throws ArgumentException if there are more elements than an array can hold
   * @throws BufferStateException if this tensor was closed or handed over
   */
  public Object toArray() {
    return toArray(HostData.arrayTypeOf(shape));
  }

  private HostMemoryPool.Block open() {
    if (block == null) {
      throw new BufferStateException("The %s in host memory %s".formatted(shape, fate));
    }
    return block;
  }

  /** Transfers ownership of the memory, once no segment over it can be used any more. */
  synchronized HostMemoryPool.Block handOver(Object target) {
    HostMemoryPool.Block open = open();
    withdrawLease();
    StoredBytes.checkBits(shape, open.segment());
    block = null;
    fate = "was handed over to " + target;
    return open;
  }

  private void withdrawLease() {
    if (lease != null) {
      lease.withdraw();
      lease = null;
    }
  }

  /**
   * Returns the memory to the pool. Does nothing if it was closed or handed over before.
   *
   * @throws BufferStateException if a native call is using the segment
   */
  @Override
  public synchronized void close() {
    if (block != null) {
      withdrawLease();
      block.giveBack();
      block = null;
    }
  }

  /** Returns the type and the values, abbreviated as in NumPy. */
  @Override
  public synchronized String toString() {
    return block == null
        ? "The %s in host memory %s".formatted(shape, fate)
        : "%s in host memory%n%s".formatted(shape, TensorText.of(shape, block.segment()));
  }
}
