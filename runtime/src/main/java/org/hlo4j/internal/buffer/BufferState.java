package org.hlo4j.internal.buffer;

import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.hlo4j.error.BufferStateException;
import org.hlo4j.error.HloException;
import org.hlo4j.error.PjrtException;
import org.hlo4j.internal.device.DeviceContext;
import org.hlo4j.internal.device.GroupContext;
import org.hlo4j.internal.pjrt.BufferHandle;
import org.hlo4j.internal.promise.Completion;
import org.hlo4j.internal.sharding.Tiling;
import org.hlo4j.type.Shape;
import org.jspecify.annotations.Nullable;

/**
 * A tensor in a device's memory: one hold on a native buffer, until it is closed, given away to a
 * call, or collected. Safe for use by many threads.
 */
public final class BufferState implements ArrayState {
  /** Of a buffer that is gone: there is nothing to wait for. */
  private static final CompletableFuture<Void> GONE = CompletableFuture.completedFuture(null);

  private final Shape shape;
  private final DeviceContext device;
  private final CallSite origin;
  private final Hold hold;

  private volatile @Nullable CompletableFuture<Void> ready;

  /** The call that has taken the buffer, or is about to. */
  private volatile @Nullable CallSite spender;

  /** Whether it was closed while a call was about to take it. */
  private boolean closing;

  /** Of a native buffer that the caller holds. {@code origin} is what made it, for messages. */
  private BufferState(BufferHandle handle, Shape shape, DeviceContext device, CallSite origin) {
    this.shape = shape;
    this.device = device;
    this.origin = origin;
    this.hold = own(handle);
  }

  private BufferState(Shape shape, DeviceContext device, CallSite origin) {
    this.shape = shape;
    this.device = device;
    this.origin = origin;
    this.hold = new Deferral(this);
  }

  /** Takes over one hold of the native buffer. */
  BufferCleaner own(BufferHandle handle) {
    BufferCleaner owned = BufferCleaner.of(this, handle);
    Leaks.opened(owned, shape, origin);
    return owned;
  }

  /** Takes ownership of a new buffer that a program or a copy fills. */
  public static BufferState adopt(
      BufferHandle handle, Shape shape, DeviceContext device, CallSite origin) {
    handle.count(shape.byteSize(), true);
    return new BufferState(handle, shape, device, origin);
  }

  /** Takes ownership of a new buffer with memory of so many bytes of its own. */
  public static BufferState adopt(
      BufferHandle handle, Shape shape, DeviceContext device, CallSite origin, long bytes) {
    handle.count(bytes, false);
    return new BufferState(handle, shape, device, origin);
  }

  /** Of a buffer that others have as well, and that the caller holds once more for this. */
  public static BufferState share(
      BufferHandle handle, Shape shape, DeviceContext device, CallSite origin) {
    return new BufferState(handle, shape, device, origin);
  }

  /**
   * A buffer whose call has not been given to the device yet, since its program is still being
   * compiled, or since an argument is such a buffer. It can be read, closed and passed to calls as
   * if it were there. Whoever makes it calls {@link Deferral#materialize} or {@link Deferral#fail}.
   */
  public static BufferState deferred(Shape shape, DeviceContext device, CallSite origin) {
    return new BufferState(shape, device, origin);
  }

  /** The holder of a buffer that is not deferred. */
  BufferCleaner there() {
    BufferCleaner known = hold.owner();
    if (known == null) {
      throw new AssertionError("The %s from %s is deferred".formatted(shape, origin));
    }
    return known;
  }

  /** The hold of a buffer that was deferred. */
  public Deferral deferral() {
    if (hold instanceof Deferral deferral) {
      return deferral;
    }
    throw new AssertionError("The %s from %s was never deferred".formatted(shape, origin));
  }

  /** Whether the call that makes this buffer has not been given to the device, or has failed. */
  public boolean isDeferred() {
    return hold.owner() == null;
  }

  /**
   * Completes when {@link #isDeferred} is false, or with the failure of the call that was deferred.
   */
  public CompletableFuture<Void> whenMaterialized() {
    return hold.materialized();
  }

  /**
   * Waits until this buffer is no longer deferred.
   *
   * @throws HloException if the call that was deferred has failed
   */
  public BufferState materialized() {
    if (isDeferred()) {
      Completion.await(whenMaterialized(), origin);
    }
    return this;
  }

  @Override
  public Shape shape() {
    return shape;
  }

  public DeviceContext device() {
    return device;
  }

  public CallSite origin() {
    return origin;
  }

  @Override
  public GroupContext group() {
    return device.group();
  }

  @Override
  public Tiling tiling() {
    return Tiling.WHOLE;
  }

  @Override
  public BufferState shardAt(int place) {
    return this;
  }

  @Override
  public String description() {
    return "%s on %s".formatted(shape, device);
  }

  @Override
  public boolean isClosed() {
    return spender != null || isReleased();
  }

  /** Whether there is nothing any more that a call could take. */
  public boolean isReleased() {
    if (hold.isReleased()) {
      return true;
    }
    BufferCleaner known = hold.owner();
    return known != null && known.handle().isClosed();
  }

  /** A buffer that a call is about to take stays until it has, or has not. */
  @Override
  public void close() {
    if (spender == null || !closeLater()) {
      hold.release();
    }
  }

  private synchronized boolean closeLater() {
    closing = spender != null;
    return closing;
  }

  @Override
  public void spend(CallSite by) {
    spender = by;
    hold.release();
  }

  /**
   * Keeps the buffer for a call that is to take it away; others are refused as if it had.
   *
   * @throws BufferStateException if it was closed or given away
   */
  public synchronized void reserve(CallSite by) {
    if (isClosed()) {
      throw gone();
    }
    spender = by;
  }

  /** The call was not given to the device, or PJRT has left the buffer alone. */
  public synchronized void free(CallSite by) {
    if (hold.isReleased() || spender != by) {
      return;
    }
    spender = null;
    if (closing) {
      hold.release();
    }
  }

  @Override
  public BufferState share() {
    if (isDeferred()) {
      BufferState share = deferral().share();
      if (share != null) {
        return share;
      }
    }
    BufferHandle entered = retainHandle();
    try {
      if (!entered.retainHolder()) {
        throw taken();
      }
      return share(entered, shape, device, origin);
    } finally {
      entered.release();
    }
  }

  /**
   * Enters the native buffer; the caller releases it.
   *
   * @throws BufferStateException if it was closed or given away
   */
  public BufferHandle retainHandle() {
    return retainHandle(null);
  }

  /** The same, if given, for a call that may have reserved the buffer. */
  public BufferHandle retainHandle(@Nullable CallSite by) {
    checkNotTakenByOther(by);
    BufferCleaner known = there();
    if (known.isReleased() || !known.handle().tryRetain()) {
      throw gone();
    }
    return known.handle();
  }

  private void checkNotTakenByOther(@Nullable CallSite by) {
    CallSite reserved = spender;
    if (reserved != null && reserved != by) {
      throw gone();
    }
  }

  /**
   * Enters the native buffer for a read, or for a call that reads it; the caller unlocks it.
   *
   * @throws BufferStateException if it was closed or given away, or a call is just taking it
   */
  public BufferHandle lockShared(@Nullable CallSite by) {
    checkNotTakenByOther(by);
    BufferCleaner known = there();
    if (known.isReleased() || !known.handle().tryLockShared()) {
      throw taken();
    }
    return known.handle();
  }

  /** What is said of a buffer that was closed or given away. */
  public BufferStateException gone() {
    String what = "The %s from %s".formatted(shape, origin);
    CallSite by = spender;
    return new BufferStateException(
        by == null ? what + " was closed" : what + " is spent: it was donated to " + by);
  }

  /** What is said of a buffer that a call of another thread takes away right now. */
  public BufferStateException taken() {
    return isClosed()
        ? gone()
        : new BufferStateException(
            "The %s from %s is being donated to another call".formatted(shape, origin));
  }

  /**
   * Enters the native buffer for an operation.
   *
   * @throws BufferStateException if it was closed or given away, also by another thread meanwhile
   * @throws PjrtException if the operation fails
   */
  public <R> R within(Function<BufferHandle, R> operation) {
    BufferHandle entered = retainHandle();
    try {
      return operation.apply(entered);
    } catch (PjrtException e) {
      throw entered.isDeleted() ? taken() : e;
    } finally {
      entered.release();
    }
  }

  /**
   * Enters the native buffer for a read in place: a call that is to take the buffer away waits.
   *
   * @throws BufferStateException if it was closed or given away, or a call is just taking it
   * @throws PjrtException if the operation fails
   */
  public <R> R reading(Function<BufferHandle, R> operation) {
    BufferHandle locked = lockShared(null);
    try {
      return operation.apply(locked);
    } finally {
      locked.unlockShared();
    }
  }

  private static boolean isTaken(BufferHandle entered) {
    return entered.mayBeGivenAway() && entered.isDeleted();
  }

  /**
   * Starts a copy to the host, row-major and dense: now, or once a deferred buffer is there.
   * Closing this buffer, or giving it away, does not change what is copied.
   *
   * @param target memory that lives as long as it is reachable
   * @throws BufferStateException if the buffer was closed or given away
   */
  public CompletableFuture<Void> toHost(MemorySegment target) {
    if (isDeferred()) {
      return whenShared(share -> share.toHostNow(target));
    }
    return toHostNow(target);
  }

  /**
   * Begins an operation with a holder of the buffer that is its own, once that is there; then
   * closes the holder.
   *
   * @throws BufferStateException if the buffer was closed or given away
   */
  public <R> CompletableFuture<R> whenShared(
      Function<BufferState, CompletableFuture<R>> operation) {
    BufferState share = share();
    return share
        .whenMaterialized()
        .thenCompose(
            nothing -> {
              try {
                return operation.apply(share);
              } finally {
                share.close();
              }
            });
  }

  private CompletableFuture<Void> toHostNow(MemorySegment target) {
    return within(
        entered -> {
          CompletableFuture<Void> copied = entered.toHost(target, shape.rank());
          if (isTaken(entered)) {
            throw taken();
          }
          return copied;
        });
  }

  /**
   * Completes when the content is there.
   *
   * @throws BufferStateException if the buffer was closed or given away before anybody asked
   */
  public CompletableFuture<Void> ready() {
    CompletableFuture<Void> known = ready;
    if (known != null) {
      return known;
    }
    return isDeferred()
        ? settled()
        : within(entered -> askWhenReady(entered).orElseThrow(this::taken));
  }

  /** As {@link #ready}, but complete if the buffer is gone: there is nothing to wait for. */
  public CompletableFuture<Void> settled() {
    CompletableFuture<Void> known = ready;
    if (known != null) {
      return known;
    }
    if (isDeferred()) {
      return whenMaterialized().thenCompose(nothing -> settled());
    }
    BufferCleaner holder = there();
    BufferHandle handle = holder.handle();
    if (holder.isReleased() || !handle.tryRetain()) {
      return GONE;
    }
    try {
      return askWhenReady(handle).orElse(GONE);
    } catch (PjrtException e) {
      if (handle.isDeleted()) {
        return GONE;
      }
      throw e;
    } finally {
      handle.release();
    }
  }

  /**
   * Asks the device; nothing if a call of another thread has just taken the buffer, of which PJRT
   * says that it has failed. The caller has entered the buffer.
   */
  private Optional<CompletableFuture<Void>> askWhenReady(BufferHandle entered) {
    CompletableFuture<Void> asked = entered.ready("execution");
    if (isTaken(entered)) {
      return Optional.empty();
    }
    ready = asked;
    return Optional.of(asked);
  }

  /**
   * Waits until the content is there.
   *
   * @throws BufferStateException if the buffer was closed or given away before anybody asked
   * @throws HloException if the work that makes the content has failed
   */
  public BufferState awaitReady() {
    Completion.await(ready(), origin);
    return this;
  }
}
