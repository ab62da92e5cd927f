package org.hlo4j;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.hlo4j.error.BufferStateException;
import org.hlo4j.type.Element;
import org.hlo4j.type.Shape;
import org.jspecify.annotations.Nullable;

/**
 * The result of a call that has not been given to the device yet, since its program is still being
 * compiled, or since an argument is such a result. It can be read, closed and given to further
 * calls as if it were there. Safe for use by many threads.
 */
final class PendingBuffer<T extends Element> implements AutoCloseable {
  private final Shape shape;
  private final Device device;
  private final CallSite origin;
  private final CompletableFuture<DeviceBuffer<T>> made = new CompletableFuture<>();
  private final List<CompletableFuture<DeviceBuffer<T>>> shares = new ArrayList<>();
  private volatile @Nullable DeviceBuffer<T> buffer;
  private volatile @Nullable CallSite spender;
  private volatile boolean closed;

  /** Whether the spender has a holder of its own. */
  private boolean spent;

  PendingBuffer(Shape shape, Device device, CallSite origin) {
    this.shape = shape;
    this.device = device;
    this.origin = origin;
  }

  Shape shape() {
    return shape;
  }

  Device device() {
    return device;
  }

  /** The buffer, or null while there is none. */
  @Nullable DeviceBuffer<T> buffer() {
    return buffer;
  }

  boolean isGone() {
    DeviceBuffer<T> known = buffer;
    return known != null ? known.isGone() : closed || spender != null;
  }

  @Override
  public synchronized void close() {
    DeviceBuffer<T> known = buffer;
    if (known != null) {
      known.close();
    } else {
      closed = true;
    }
  }

  /**
   * A future of a holder of the buffer that is the caller's own, whatever happens to this one.
   *
   * @throws BufferStateException if it was closed or given away
   */
  synchronized CompletableFuture<DeviceBuffer<T>> share() {
    DeviceBuffer<T> known = buffer;
    if (known != null) {
      return CompletableFuture.completedFuture(known.share());
    }
    checkOpen();
    CompletableFuture<DeviceBuffer<T>> share = new CompletableFuture<>();
    if (made.isCompletedExceptionally()) {
      return made;
    }
    shares.add(share);
    return share;
  }

  /**
   * Keeps the buffer for a call that is to take it away.
   *
   * @throws BufferStateException if it was closed or given away
   */
  synchronized CompletableFuture<DeviceBuffer<T>> reserve(CallSite by) {
    DeviceBuffer<T> known = buffer;
    if (known != null) {
      known.reserve(by);
      return CompletableFuture.completedFuture(known);
    }
    checkOpen();
    spender = by;
    return made;
  }

  /** The buffer is somebody else's from now on. */
  synchronized void spend(CallSite by) {
    DeviceBuffer<T> known = buffer;
    if (known != null) {
      known.spend(by);
    } else {
      checkOpen();
      spender = by;
      spent = true;
    }
  }

  /** The call will not take the buffer. */
  synchronized void free(CallSite by) {
    DeviceBuffer<T> known = buffer;
    if (known != null) {
      known.free(by);
    } else if (spender == by) {
      spender = null;
    }
  }

  private void checkOpen() {
    CallSite by = spender;
    if (closed || by != null) {
      throw DeviceBuffer.gone(shape, origin, by);
    }
  }

  /** The call has been given to the device. */
  void resolve(DeviceBuffer<T> result) {
    List<DeviceBuffer<T>> shared = new ArrayList<>();
    try {
      become(result, shared);
    } catch (BufferStateException e) {
      // The client was closed meanwhile.
      shared.forEach(DeviceBuffer::close);
      result.close();
      fail(e);
      return;
    }
    for (int i = 0; i < shared.size(); i++) {
      shares.get(i).complete(shared.get(i));
    }
    made.complete(result);
  }

  private synchronized void become(DeviceBuffer<T> result, List<DeviceBuffer<T>> shared) {
    for (int i = 0; i < shares.size(); i++) {
      shared.add(result.share());
    }
    CallSite by = spender;
    if (by != null && spent) {
      result.spend(by);
    } else if (by != null) {
      result.reserve(by);
    }
    if (closed) {
      result.close();
    }
    buffer = result;
  }

  /** The call has failed. */
  void fail(Throwable thrown) {
    List<CompletableFuture<DeviceBuffer<T>>> waiting;
    synchronized (this) {
      made.completeExceptionally(thrown);
      waiting = List.copyOf(shares);
    }
    waiting.forEach(share -> share.completeExceptionally(thrown));
  }

  /** A promise of the buffer, whose content need not be there yet. */
  FuturePromise<DeviceBuffer<T>> whenMade() {
    return new FuturePromise<>(made, made::join, origin::toString);
  }

  /** A promise of the buffer with its content. */
  FuturePromise<DeviceBuffer<T>> whenReady() {
    return new FuturePromise<>(
        made.thenCompose(DeviceBuffer::settled), made::join, origin::toString);
  }

  CallSite origin() {
    return origin;
  }
}
