package org.hlo4j.internal.buffer;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.hlo4j.error.BufferStateException;
import org.hlo4j.internal.pjrt.BufferHandle;
import org.jspecify.annotations.Nullable;

/**
 * The hold of a {@link BufferState} whose call is given to the device later, or fails before that.
 * Either {@link #materialize} or {@link #fail} is called, once. Safe for use by many threads: the
 * buffer's monitor guards all changes, and futures complete outside of it, since what depends on
 * them runs then.
 */
public final class Deferral implements Hold {
  private final BufferState buffer;
  private final CompletableFuture<Void> materialized = new CompletableFuture<>();

  /** The deferred buffers that become further holders of the same native buffer. */
  private final List<BufferState> shares = new ArrayList<>();

  private volatile @Nullable BufferCleaner owner;
  private volatile boolean released;
  private @Nullable Throwable failure;

  Deferral(BufferState buffer) {
    this.buffer = buffer;
  }

  @Override
  public @Nullable BufferCleaner owner() {
    return owner;
  }

  @Override
  public CompletableFuture<Void> materialized() {
    return materialized;
  }

  @Override
  public boolean isReleased() {
    BufferCleaner known = owner;
    return known == null ? released : known.isReleased();
  }

  @Override
  public void release() {
    BufferCleaner known;
    synchronized (buffer) {
      known = owner;
      released |= known == null;
    }
    if (known != null) {
      known.release();
    }
  }

  /**
   * Another buffer that is deferred until this one is there; null if this one is there already.
   *
   * @throws BufferStateException if the buffer was closed or given away
   */
  @Nullable BufferState share() {
    synchronized (buffer) {
      if (owner != null) {
        return null;
      }
      if (buffer.isClosed()) {
        throw buffer.gone();
      }
      BufferState share = BufferState.deferred(buffer.shape(), buffer.device(), buffer.origin());
      if (failure != null) {
        share.deferral().fail(failure);
      } else {
        shares.add(share);
      }
      return share;
    }
  }

  /** Gives the buffer the native buffer of a new one, which nobody else has. */
  public void materialize(BufferState made) {
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
    List<BufferState> waiting;
    boolean areHeld = true;
    synchronized (buffer) {
      waiting = takeShares();
      // Before there is a holder that somebody may close.
      for (int i = 0; i < waiting.size() && areHeld; i++) {
        areHeld = handle.retainHolder();
      }
      owner = buffer.own(handle);
    }
    for (BufferState share : waiting) {
      if (areHeld) {
        share.deferral().materialize(handle);
      } else {
        // The client was closed meanwhile.
        share.deferral().fail(buffer.gone());
      }
    }
    if (released) {
      release();
    }
    materialized.complete(null);
  }

  /** Reports that the call was not given to the device. */
  public void fail(Throwable thrown) {
    List<BufferState> waiting;
    synchronized (buffer) {
      failure = thrown;
      waiting = takeShares();
    }
    materialized.completeExceptionally(thrown);
    waiting.forEach(share -> share.deferral().fail(thrown));
  }

  private List<BufferState> takeShares() {
    List<BufferState> taken = List.copyOf(shares);
    shares.clear();
    return taken;
  }
}
