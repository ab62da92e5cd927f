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
 * A tensor in a device's memory: one hold on a native buffer, until it is closed, donated to a
 * call, or collected. Safe for use by multiple threads.
 */
public final class BufferState implements ArrayState {
  /** The future of a released buffer, which has no pending work. */
  private static final CompletableFuture<Void> GONE = CompletableFuture.completedFuture(null);

  private final Shape shape;
  private final DeviceContext device;
  private final CallSite origin;
  private final Hold hold;

  private volatile @Nullable CompletableFuture<Void> ready;

  /** The call that has consumed the buffer, or is about to. */
  private volatile @Nullable CallSite spender;

  /** Whether it was closed while a call was about to consume it. */
  private boolean closing;

  /**
   * Creates the state of a native buffer that the caller holds. {@code origin} is the operation
   * that created it, for messages.
   */
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

  /** Takes ownership of one hold on the native buffer. */
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

  /** Takes ownership of a new buffer with its own memory of the given size. */
  public static BufferState adopt(
      BufferHandle handle, Shape shape, DeviceContext device, CallSite origin, long bytes) {
    handle.count(bytes, false);
    return new BufferState(handle, shape, device, origin);
  }

  /** Returns another holder of a shared buffer, for which the caller has acquired a hold. */
  public static BufferState share(
      BufferHandle handle, Shape shape, DeviceContext device, CallSite origin) {
    return new BufferState(handle, shape, device, origin);
  }

  /**
   * Returns a buffer whose call was not launched yet, since its program is still being compiled, or
   * an argument is deferred. It can be read, closed and passed to calls like any other buffer. The
   * creator calls {@link Deferral#materialize} or {@link Deferral#fail}.
   */
  public static BufferState deferred(Shape shape, DeviceContext device, CallSite origin) {
    return new BufferState(shape, device, origin);
  }

  /** Returns the holder of a buffer that is not deferred. */
  BufferCleaner there() {
    BufferCleaner known = hold.owner();
    if (known == null) {
      throw new AssertionError("The %s from %s is deferred".formatted(shape, origin));
    }
    return known;
  }

  /** Returns the hold of a buffer that was deferred. */
  public Deferral deferral() {
    if (hold instanceof Deferral deferral) {
      return deferral;
    }
    throw new AssertionError("The %s from %s was never deferred".formatted(shape, origin));
  }

  /** Returns whether the call that produces this buffer was not launched, or has failed. */
  public boolean isDeferred() {
    return hold.owner() == null;
  }

  /** Completes when {@link #isDeferred} is false, or with the failure of the deferred call. */
  public CompletableFuture<Void> whenMaterialized() {
    return hold.materialized();
  }

  /**
   * Waits until this buffer is no longer deferred.
   *
   * @throws HloException if the deferred call failed
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

  /** Returns whether there is no memory left for a call to consume. */
  public boolean isReleased() {
    if (hold.isReleased()) {
      return true;
    }
    BufferCleaner known = hold.owner();
    return known != null && known.handle().isClosed();
  }

  /** Defers closing while a call is about to consume the buffer. */
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
   * Reserves the buffer for a call that will consume it; other uses are rejected from now on.
   *
   * @throws BufferStateException if it was closed or donated
   */
  public synchronized void reserve(CallSite by) {
    if (isClosed()) {
      throw gone();
    }
    spender = by;
  }

  /** Cancels a reservation: the call was not launched, or PJRT did not consume the buffer. */
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
   * @throws BufferStateException if it was closed or donated
   */
  public BufferHandle retainHandle() {
    return retainHandle(null);
  }

  /** Enters the native buffer, for a call that may have reserved it. */
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
   * @throws BufferStateException if it was closed or donated, or is being donated
   */
  public BufferHandle lockShared(@Nullable CallSite by) {
    checkNotTakenByOther(by);
    BufferCleaner known = there();
    if (known.isReleased() || !known.handle().tryLockShared()) {
      throw taken();
    }
    return known.handle();
  }

  /** Returns the exception for a buffer that was closed or donated. */
  public BufferStateException gone() {
    String what = "The %s from %s".formatted(shape, origin);
    CallSite by = spender;
    return new BufferStateException(
        by == null ? what + " was closed" : what + " is spent: it was donated to " + by);
  }

  /** Returns the exception for a buffer that a call of another thread is consuming. */
  public BufferStateException taken() {
    return isClosed()
        ? gone()
        : new BufferStateException(
            "The %s from %s is being donated to another call".formatted(shape, origin));
  }

  /**
   * Enters the native buffer for an operation.
   *
   * @throws BufferStateException if it was closed or donated, possibly concurrently
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
   * Enters the native buffer for a read in place: a donating call waits until it ends.
   *
   * @throws BufferStateException if it was closed or donated, or is being donated
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
   * Starts a copy to the host, row-major and dense, once the buffer is materialized. Closing or
   * donating this buffer does not affect the copy.
   *
   * @param target memory that lives as long as it is reachable
   * @throws BufferStateException if the buffer was closed or donated
   */
  public CompletableFuture<Void> toHost(MemorySegment target) {
    if (isDeferred()) {
      return whenShared(share -> share.toHostNow(target));
    }
    return toHostNow(target);
  }

  /**
   * Begins an operation with its own holder of the buffer, once that is materialized; then closes
   * the holder.
   *
   * @throws BufferStateException if the buffer was closed or donated
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
   * Completes when the content is ready.
   *
   * @throws BufferStateException if the buffer was closed or donated before the first query
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

  /** Like {@link #ready}, but already complete for a released buffer. */
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
   * Queries the device; empty if a call of another thread has just consumed the buffer, which PJRT
   * reports as a failure. The caller has entered the buffer.
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
   * Waits until the content is ready.
   *
   * @throws BufferStateException if the buffer was closed or donated before the first query
   * @throws HloException if the work that produces the content failed
   */
  public BufferState awaitReady() {
    Completion.await(ready(), origin);
    return this;
  }
}
