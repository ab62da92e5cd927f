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
 * A tensor in the host's memory, outside of the Java heap, dense and row-major: aligned to 64
 * bytes, and taken from a pool, since fresh pages cost more than copying into pages that are there.
 *
 * <p>{@link Device#put(HostTensor)} hands the memory over to a CPU device, without a copy; other
 * devices copy it. Either way the tensor is gone then, as after {@link #close()}: methods throw
 * {@link BufferStateException}, and access through its segment throws {@link
 * IllegalStateException}. The memory returns to the pool when the device is done with it. One that
 * nobody closes is freed after it and its segment have become unreachable.
 *
 * <p>The pool keeps at most as many unused bytes as the system property {@code
 * hlo4j.hostPool.bytes} says, 256 MiB unless it is set. Safe for use by many threads, which have to
 * order their own writes and reads.
 *
 * @param <T> the tensor type
 */
public final class HostTensor<T extends Element> implements AutoCloseable {
  private final Shape shape;
  private HostMemoryPool.@Nullable Block block;
  private @Nullable Lease lease;
  private String fate = "was closed";

  /** Takes a block of the shape's size over. */
  HostTensor(Shape shape, HostMemoryPool.Block block) {
    this.shape = shape;
    this.block = block;
    TensorScope.add(this);
  }

  /** A new tensor whose elements are undefined: whatever was in the memory before. */
  public static <T extends Element> HostTensor<T> allocate(Class<T> type) {
    Shape shape = Shape.of(type);
    return new HostTensor<>(shape, HostMemoryPool.take(shape.byteSize()));
  }

  /** A new tensor, for shapes that are known only when the program runs. */
  public static HostTensor<?> allocate(Shape shape) {
    return new HostTensor<>(shape, HostMemoryPool.take(shape.byteSize()));
  }

  /** The element type and dimensions. */
  public Shape shape() {
    return shape;
  }

  /**
   * This tensor under another type of the same shape. Both are the same tensor.
   *
   * @throws ArgumentException if that type's shape is another one
   */
  @SuppressWarnings("unchecked") // The type is a phantom: only the shape is there to be right.
  public <S extends Element> HostTensor<S> as(Class<S> type) {
    DeviceArray.checkShape(shape, type);
    return (HostTensor<S>) this;
  }

  /** Whether it was closed or handed over. */
  public synchronized boolean isClosed() {
    return block == null;
  }

  /**
   * The memory: the elements in the machine's byte order, those narrower than a byte in a byte
   * each. It can be read and written from any thread until the tensor is closed or handed over.
   *
   * @throws BufferStateException if it was closed or handed over
   */
  public synchronized MemorySegment segment() {
    HostMemoryPool.Block open = open();
    if (lease == null) {
      lease = new Lease(open.segment(), open);
    }
    return lease.segment();
  }

  /**
   * Fills the tensor with data of any kind that {@link Device#put(Shape, Object)} takes.
   *
   * @return this tensor
   * @throws ArgumentException if the data does not fit the type; the elements are undefined then
   * @throws BufferStateException if the tensor was closed or handed over
   */
  public synchronized HostTensor<T> set(Object data) {
    HostData source = HostData.source(shape, data);
    source.write(open().segment());
    return this;
  }

  /**
   * The elements in a new array of a type as {@link Tensor#toArray(Class)} takes it.
   *
   * @throws ArgumentException if such arrays cannot hold the elements
   * @throws BufferStateException if the tensor was closed or handed over
   */
  public synchronized <A> A toArray(Class<A> arrayType) {
    HostData.checkType(shape, arrayType);
    return HostData.read(shape, arrayType, open().segment());
  }

  /**
   * The elements in a new flat array of the natural kind (see {@link Tensor}).
   *
   * @throws ArgumentException if there are more than an array can hold
   * @throws BufferStateException if the tensor was closed or handed over
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

  /** Gives the memory away, when no segment over it can be used any more. */
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
   * Gives the memory back to the pool. Closing again, or after a hand-over, does nothing.
   *
   * @throws BufferStateException if a native call uses the segment right now
   */
  @Override
  public synchronized void close() {
    if (block != null) {
      withdrawLease();
      block.giveBack();
      block = null;
    }
  }

  /** The type and the values, cut short as NumPy does. */
  @Override
  public synchronized String toString() {
    return block == null
        ? "The %s in host memory %s".formatted(shape, fate)
        : "%s in host memory%n%s".formatted(shape, TensorText.of(shape, block.segment()));
  }
}
