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
 * A readable view of a tensor's elements: the device's own memory if the host shares it and it has
 * the host's layout, otherwise a copy. While the view is open, closing the tensor frees no memory,
 * and a kernel to which the tensor is donated copies it, so that the view does not change.
 *
 * <p>After {@link #close()} each access through the segment throws {@link IllegalStateException}.
 * An unclosed view is closed after it and its segment have become unreachable. Safe for use by
 * multiple threads.
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
    // Reachable from both the view and its segment; watched by the cleaner.
    Object anchor = new Object();
    this.shape = shape;
    this.zeroCopy = view.isZeroCopy();
    this.lease = new Lease(view.memory(), anchor);
    this.segment = lease.segment().asReadOnly();
    this.end = UnreachableObjects.watch(anchor, view.end());
    TensorScope.add(this);
  }

  /** Returns the element type and dimensions. */
  public Shape shape() {
    return shape;
  }

  /** Returns whether this view is the device's own memory. */
  public boolean isZeroCopy() {
    return zeroCopy;
  }

  /**
   * Returns the memory, read-only: dense and row-major, in the machine's byte order, with elements
   * narrower than a byte in one byte each.
   */
  public MemorySegment segment() {
    return segment;
  }

  /**
   * Returns the elements in a new array, as {@link Tensor#toArray(Class)} does.
   *
   * @throws ArgumentException if arrays of that type cannot hold the elements
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
   * Closes the view. Idempotent.
   *
   * @throws BufferStateException if a native call is using the segment
   */
  @Override
  public synchronized void close() {
    if (!closed) {
      lease.withdraw();
      closed = true;
      end.run();
    }
  }

  /** Returns the type, and whether the view is in place or a copy. */
  @Override
  public String toString() {
    return "view of a %s, %s".formatted(shape, zeroCopy ? "in place" : "copied");
  }
}
