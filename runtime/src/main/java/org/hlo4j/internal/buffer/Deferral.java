package org.hlo4j.internal.buffer;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.hlo4j.error.BufferStateException;
import org.hlo4j.internal.pjrt.BufferHandle;
import org.jspecify.annotations.Nullable;

/**
 * The hold of a {@link BufferState} whose call is launched later, or fails before that. Either
 * {@link #materialize} or {@link #fail} is called, once. Safe for use by multiple threads: the
 * buffer's monitor guards all changes, and futures complete outside of it, since completion runs
 * their dependents.
 */
public final class Deferral implements Hold {
  private final BufferState buffer;
  private final CompletableFuture<Void> materialized = new CompletableFuture<>();

  /** The deferred buffers that will share the native buffer. */
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
   * Returns another buffer that is deferred until this one is materialized; null if it already is.
   *
   * @throws BufferStateException if the buffer was closed or donated
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

  /** Provides the native buffer, that of a new and otherwise unused {@link BufferState}. */
  public void materialize(BufferState made) {
    BufferHandle handle = made.there().handle();
    boolean isHeld = handle.retainHolder();
    // Released before this buffer is published, so that a donating call finds a single holder.
    made.close();
    if (isHeld) {
      materialize(handle);
    } else {
      fail(made.gone());
    }
  }

  /** Provides a native buffer, held by the caller, to this buffer and those that share it. */
  private void materialize(BufferHandle handle) {
    List<BufferState> waiting;
    boolean areHeld = true;
    synchronized (buffer) {
      waiting = takeShares();
      // Acquired before there is a holder that another thread may close.
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

  /** Reports that the call was not launched. */
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
