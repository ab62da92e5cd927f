package org.hlo4j;

import java.lang.foreign.MemorySegment;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.error.BufferStateException;
import org.hlo4j.internal.host.HostData;
import org.hlo4j.internal.memory.Lease;
import org.hlo4j.internal.memory.UnreachableObjects;
import org.hlo4j.internal.transfer.HostView;
import org.hlo4j.type.Element;
import org.hlo4j.type.Shape;

/**
 * A tensor's elements as memory that can be read: the device's own where the host shares it and the
 * elements lie in it as the host wants them, otherwise a copy. While it is open, closing the tensor
 * frees nothing, and a kernel that the tensor is donated to copies it, so that what is seen stays.
 *
 * <p>After {@link #close()} each access through the segment throws {@link IllegalStateException}. A
 * view that nobody closes ends after it and its segment have become unreachable. Safe for use by
 * many threads.
 *
 * @param <T> the tensor type
 */
@SuppressWarnings("UnusedTypeParameter") // A phantom, for the user to tell one view from another.
public final class TensorView<T extends Element> implements AutoCloseable {
  private final Shape shape;
  private final boolean zeroCopy;
  private final Lease lease;
  private final MemorySegment segment;
  private final UnreachableObjects.Action end;
  private boolean closed;

  TensorView(Shape shape, HostView view) {
    // What the cleaner watches: both the view and its segment hold it.
    Object anchor = new Object();
    this.shape = shape;
    this.zeroCopy = view.isZeroCopy();
    this.lease = new Lease(view.memory(), anchor);
    this.segment = lease.segment().asReadOnly();
    this.end = UnreachableObjects.watch(anchor, view.end());
    TensorScope.add(this);
  }

  /** The element type and dimensions. */
  public Shape shape() {
    return shape;
  }

  /** Whether this is the device's own memory. */
  public boolean isZeroCopy() {
    return zeroCopy;
  }

  /**
   * The memory, read-only: dense and row-major, in the machine's byte order, elements narrower than
   * a byte in a byte each.
   */
  public MemorySegment segment() {
    return segment;
  }

  /**
   * The elements in a new array of a type as {@link Tensor#toArray(Class)} takes it.
   *
   * @throws ArgumentException if such arrays cannot hold the elements
   * @throws BufferStateException if the view was closed
   */
  public <A> A toArray(Class<A> arrayType) {
    HostData.checkType(shape, arrayType);
    if (!segment.scope().isAlive()) {
      throw new BufferStateException("The view of the %s was closed".formatted(shape));
    }
    return HostData.read(shape, arrayType, segment);
  }

  /**
   * Ends the view. Closing again does nothing.
   *
   * @throws BufferStateException if a native call uses the segment right now
   */
  @Override
  public synchronized void close() {
    if (!closed) {
      lease.withdraw();
      closed = true;
      end.run();
    }
  }

  /** The type, and whether it is the device's memory. */
  @Override
  public String toString() {
    return "view of a %s, %s".formatted(shape, zeroCopy ? "in place" : "copied");
  }
}
