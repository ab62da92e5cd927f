package org.hlo4j;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.hlo4j.error.BufferStateException;
import org.hlo4j.internal.pjrt.BufferHandle;
import org.hlo4j.type.Element;
import org.jspecify.annotations.Nullable;

/**
 * The state of a {@link DeviceBuffer} whose call is given to the device later, or fails before
 * that. Either {@link #materialize} or {@link #fail} is called, once. Safe for use by many threads:
 * the buffer's monitor guards all changes, and futures complete outside of it, since what depends
 * on them runs then.
 */
final class Deferral<T extends Element> {
  private final DeviceBuffer<T> buffer;
  private final CompletableFuture<Void> materialized = new CompletableFuture<>();

  /** The deferred buffers that become further holders of the same native buffer. */
  private final List<DeviceBuffer<T>> shares = new ArrayList<>();

  private volatile @Nullable BufferCleaner owner;
  private volatile boolean released;
  private @Nullable Throwable failure;

  Deferral(DeviceBuffer<T> buffer) {
    this.buffer = buffer;
  }

  /** The holder of the native buffer; null as long as there is none. */
  @Nullable BufferCleaner owner() {
    return owner;
  }

  /** Completes once there is a holder, or with the failure of the call. */
  CompletableFuture<Void> materialized() {
    return materialized;
  }

  /** Whether the buffer was closed, or given away for good, before it was there. */
  boolean isReleased() {
    return released;
  }

  /** Has the buffer release its hold once it has one; returns the holder if there is one now. */
  @Nullable BufferCleaner release() {
    synchronized (buffer) {
      released |= owner == null;
      return owner;
    }
  }

  /**
   * Another buffer that is deferred until this one is there; null if this one is there already.
   *
   * @throws BufferStateException if the buffer was closed or given away
   */
  @Nullable DeviceBuffer<T> share() {
    synchronized (buffer) {
      if (owner != null) {
        return null;
      }
      if (buffer.isGone()) {
        throw buffer.gone();
      }
      DeviceBuffer<T> share =
          DeviceBuffer.deferred(buffer.shape(), buffer.device(), buffer.origin());
      if (failure != null) {
        share.deferral().fail(failure);
      } else {
        shares.add(share);
      }
      return share;
    }
  }

  /** Gives the buffer the native buffer of a new one, which nobody else has. */
  void materialize(DeviceBuffer<?> made) {
    BufferHandle handle = made.there().handle();
    boolean isHeld = handle.retainHolder();
    // Before anybody hears of this buffer, so that whoever donates it is its only holder.
    made.close();
    if (isHeld) {
      materialize(handle);
    } else {
      fail(made.gone());
    }
  }

  /** Gives the buffer, and those that share it, a native buffer that the caller holds for it. */
  private void materialize(BufferHandle handle) {
    List<DeviceBuffer<T>> waiting;
    boolean areHeld = true;
    synchronized (buffer) {
      waiting = takeShares();
      // Before there is a holder that somebody may close.
      for (int i = 0; i < waiting.size() && areHeld; i++) {
        areHeld = handle.retainHolder();
      }
      owner = buffer.own(handle);
    }
    for (DeviceBuffer<T> share : waiting) {
      if (areHeld) {
        share.deferral().materialize(handle);
      } else {
        // The client was closed meanwhile.
        share.deferral().fail(buffer.gone());
      }
    }
    if (released) {
      buffer.releaseHold();
    }
    materialized.complete(null);
  }

  /** Reports that the call was not given to the device. */
  void fail(Throwable thrown) {
    List<DeviceBuffer<T>> waiting;
    synchronized (buffer) {
      failure = thrown;
      waiting = takeShares();
    }
    materialized.completeExceptionally(thrown);
    waiting.forEach(share -> share.deferral().fail(thrown));
  }

  private List<DeviceBuffer<T>> takeShares() {
    List<DeviceBuffer<T>> taken = List.copyOf(shares);
    shares.clear();
    return taken;
  }
}
