package org.hlo4j;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.hlo4j.type.Element;
import org.jspecify.annotations.Nullable;

/**
 * The state of a {@link DeviceBuffer} that was deferred: its call is given to the device later, or
 * fails before that. The buffer's monitor guards all changes; only {@link #complete} is called
 * outside it, since what depends on the future runs there.
 */
final class Deferral<T extends Element> {
  private final CompletableFuture<Void> materialized = new CompletableFuture<>();
  private final List<DeviceBuffer<T>> shares = new ArrayList<>();
  private volatile @Nullable BufferCleaner owner;
  private volatile boolean released;
  private @Nullable Throwable failure;

  /** The holder of the native buffer; null as long as there is none. */
  @Nullable BufferCleaner owner() {
    return owner;
  }

  /** Completes once there is a holder or the call has failed. */
  CompletableFuture<Void> materialized() {
    return materialized;
  }

  /** Whether the buffer was closed, or given away for good, before it was there. */
  boolean isReleased() {
    return released;
  }

  /** Notes that the buffer is to let go at once; returns the holder if there is one. */
  @Nullable BufferCleaner release() {
    released |= owner == null;
    return owner;
  }

  /** Adds a deferred buffer that becomes another holder of the same native buffer. */
  void add(DeviceBuffer<T> share) {
    if (failure != null) {
      share.fail(failure);
    } else {
      shares.add(share);
    }
  }

  /** Returns the buffers that share this one, and forgets them. */
  List<DeviceBuffer<T>> takeShares() {
    List<DeviceBuffer<T>> taken = List.copyOf(shares);
    shares.clear();
    return taken;
  }

  /** Sets the holder. */
  void become(BufferCleaner holder) {
    owner = holder;
  }

  /** Sets the reason why there will be no holder. */
  void fail(Throwable thrown) {
    failure = thrown;
  }

  /** Completes the future of {@link #materialized}. */
  void complete() {
    Throwable thrown = failure;
    if (thrown == null) {
      materialized.complete(null);
    } else {
      materialized.completeExceptionally(thrown);
    }
  }
}
