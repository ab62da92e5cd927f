package org.hlo4j;

import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.hlo4j.error.BufferStateException;
import org.hlo4j.error.HloException;
import org.hlo4j.error.PjrtException;
import org.hlo4j.internal.call.CallSite;
import org.hlo4j.internal.pjrt.BufferHandle;
import org.hlo4j.type.Element;
import org.hlo4j.type.Shape;
import org.jspecify.annotations.Nullable;

/**
 * A tensor in a device's memory. It never changes; a kernel that was given it by {@link
 * org.hlo4j.annotation.Donated} takes it away. Safe for use by many threads.
 *
 * @param <T> the tensor type
 */
public final class DeviceBuffer<T extends Element> extends Tensor<T> {
  /** Of a buffer that is gone: there is nothing to wait for. */
  private static final CompletableFuture<Void> GONE = CompletableFuture.completedFuture(null);

  /** Of a buffer that was never deferred. */
  private static final CompletableFuture<Void> THERE = CompletableFuture.completedFuture(null);

  private final Shape shape;
  private final Device device;
  private final CallSite origin;

  /** The holder of the native buffer; null for a buffer that was deferred. */
  private final @Nullable BufferCleaner owner;

  /** The state of a buffer that was deferred; otherwise null. */
  private final @Nullable Deferral<T> deferral;

  private volatile @Nullable CompletableFuture<Void> ready;

  /** The call that has taken the buffer, or is about to. */
  private volatile @Nullable CallSite spender;

  /** Whether it was closed while a call was about to take it. */
  private boolean closing;

  /** Of a native buffer that the caller holds. {@code origin} is what made it, for messages. */
  private DeviceBuffer(BufferHandle handle, Shape shape, Device device, CallSite origin) {
    this.shape = shape;
    this.device = device;
    this.origin = origin;
    this.deferral = null;
    this.owner = own(handle);
  }

  private DeviceBuffer(Shape shape, Device device, CallSite origin) {
    this.shape = shape;
    this.device = device;
    this.origin = origin;
    this.deferral = new Deferral<>(this);
    this.owner = null;
  }

  /** Takes over one hold of the native buffer. */
  BufferCleaner own(BufferHandle handle) {
    BufferCleaner owned = BufferCleaner.of(this, handle);
    Leaks.opened(owned, shape, origin);
    return owned;
  }

  /** Takes ownership of a new buffer that a program or a copy fills. */
  static <T extends Element> DeviceBuffer<T> adopt(
      BufferHandle handle, Shape shape, Device device, CallSite origin) {
    handle.count(shape.byteSize(), true);
    return new DeviceBuffer<>(handle, shape, device, origin);
  }

  /** Takes ownership of a new buffer with memory of so many bytes of its own. */
  static <T extends Element> DeviceBuffer<T> adopt(
      BufferHandle handle, Shape shape, Device device, CallSite origin, long bytes) {
    handle.count(bytes, false);
    return new DeviceBuffer<>(handle, shape, device, origin);
  }

  /** Of a buffer that others have as well, and that the caller holds once more for this. */
  static <T extends Element> DeviceBuffer<T> share(
      BufferHandle handle, Shape shape, Device device, CallSite origin) {
    return new DeviceBuffer<>(handle, shape, device, origin);
  }

  /**
   * A buffer whose call has not been given to the device yet, since its program is still being
   * compiled, or since an argument is such a buffer. It can be read, closed and passed to calls as
   * if it were there. Whoever makes it calls {@link Deferral#materialize} or {@link Deferral#fail}.
   */
  static <T extends Element> DeviceBuffer<T> deferred(Shape shape, Device device, CallSite origin) {
    return new DeviceBuffer<>(shape, device, origin);
  }

  private @Nullable BufferCleaner owner() {
    return deferral == null ? owner : deferral.owner();
  }

  /** The holder of a buffer that is not deferred. */
  BufferCleaner there() {
    BufferCleaner known = owner();
    if (known == null) {
      throw new AssertionError("The %s from %s is deferred".formatted(shape, origin));
    }
    return known;
  }

  /** The state of a buffer that was deferred. */
  Deferral<T> deferral() {
    if (deferral == null) {
      throw new AssertionError("The %s from %s was never deferred".formatted(shape, origin));
    }
    return deferral;
  }

  /** Whether the call that makes this buffer has not been given to the device, or has failed. */
  boolean isDeferred() {
    return owner() == null;
  }

  /**
   * Completes when {@link #isDeferred} is false, or with the failure of the call that was deferred.
   */
  CompletableFuture<Void> whenMaterialized() {
    return deferral == null ? THERE : deferral.materialized();
  }

  /**
   * Waits until this buffer is no longer deferred.
   *
   * @throws HloException if the call that was deferred has failed
   */
  DeviceBuffer<T> materialized() {
    if (isDeferred()) {
      return new FuturePromise<>(whenMaterialized(), () -> this, origin::toString).value();
    }
    return this;
  }

  @Override
  DeviceBuffer<T> buffer() {
    return this;
  }

  @Override
  public Shape shape() {
    return shape;
  }

  @Override
  public Device device() {
    return device;
  }

  @Override
  public boolean isClosed() {
    return isGone();
  }

  boolean isGone() {
    return spender != null || isReleased();
  }

  /** Whether there is nothing any more that a call could take. */
  boolean isReleased() {
    BufferCleaner known = owner();
    return known == null
        ? deferral().isReleased()
        : known.isReleased() || known.handle().isClosed();
  }

  /** A buffer that a call is about to take stays until it has, or has not. */
  @Override
  public void close() {
    if (spender == null || !closeLater()) {
      releaseHold();
    }
  }

  private synchronized boolean closeLater() {
    closing = spender != null;
    return closing;
  }

  /** Releases this buffer's hold, at once or when a deferred buffer has one. */
  void releaseHold() {
    BufferCleaner known = owner();
    if (known == null) {
      known = deferral().release();
    }
    if (known != null && known.release()) {
      Leaks.closed(known);
    }
  }

  /** A call has taken the buffer away; the next use names that call. */
  void spend(CallSite by) {
    spender = by;
    releaseHold();
  }

  /**
   * Keeps the buffer for a call that is to take it away; others are refused as if it had.
   *
   * @throws BufferStateException if it was closed or given away
   */
  synchronized void reserve(CallSite by) {
    if (isGone()) {
      throw gone();
    }
    spender = by;
  }

  /** The call was not given to the device, or PJRT has left the buffer alone. */
  synchronized void free(CallSite by) {
    if (isHoldReleased() || spender != by) {
      return;
    }
    spender = null;
    if (closing) {
      releaseHold();
    }
  }

  private boolean isHoldReleased() {
    BufferCleaner known = owner();
    return known == null ? deferral().isReleased() : known.isReleased();
  }

  /**
   * Another holder of the same buffer, which is deferred if this one is.
   *
   * @throws BufferStateException if it was closed or given away, or a call is just taking it
   */
  DeviceBuffer<T> share() {
    if (isDeferred()) {
      DeviceBuffer<T> share = deferral().share();
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
  BufferHandle retainHandle() {
    if (spender != null) {
      throw gone();
    }
    return enter();
  }

  /** The same for a call that may have reserved the buffer. */
  BufferHandle retainHandle(CallSite by) {
    checkNotTakenByOther(by);
    return enter();
  }

  private void checkNotTakenByOther(CallSite by) {
    CallSite reserved = spender;
    if (reserved != null && reserved != by) {
      throw gone();
    }
  }

  /**
   * Enters the native buffer for a call that reads it; the caller unlocks it.
   *
   * @throws BufferStateException if it was closed or given away, or a call is just taking it
   */
  BufferHandle lockShared(CallSite by) {
    checkNotTakenByOther(by);
    return lockShared();
  }

  private BufferHandle lockShared() {
    BufferCleaner known = there();
    if (known.isReleased() || !known.handle().tryLockShared()) {
      throw taken();
    }
    return known.handle();
  }

  private BufferHandle enter() {
    BufferCleaner known = there();
    if (known.isReleased() || !known.handle().tryRetain()) {
      throw gone();
    }
    return known.handle();
  }

  /** What is said of a buffer that was closed or given away. */
  BufferStateException gone() {
    String what = "The %s from %s".formatted(shape, origin);
    CallSite by = spender;
    return new BufferStateException(
        by == null ? what + " was closed" : what + " is spent: it was donated to " + by);
  }

  /** What is said of a buffer that a call of another thread takes away right now. */
  BufferStateException taken() {
    return spender != null || isReleased()
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
  <R> R within(Function<BufferHandle, R> operation) {
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
  <R> R reading(Function<BufferHandle, R> operation) {
    if (spender != null) {
      throw gone();
    }
    BufferHandle locked = lockShared();
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
  CompletableFuture<Void> toHost(MemorySegment target) {
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
  <R> CompletableFuture<R> whenShared(Function<DeviceBuffer<T>, CompletableFuture<R>> operation) {
    DeviceBuffer<T> share = share();
    return share
        .whenMaterialized()
        .thenCompose(
            nothing -> {
              try (share) {
                return operation.apply(share);
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
  private CompletableFuture<Void> ready() {
    CompletableFuture<Void> known = ready;
    if (known != null) {
      return known;
    }
    return isDeferred()
        ? settled()
        : within(entered -> askWhenReady(entered).orElseThrow(this::taken));
  }

  /** As {@link #ready}, but complete if the buffer is gone: there is nothing to wait for. */
  CompletableFuture<Void> settled() {
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

  FuturePromise<DeviceBuffer<T>> whenReady() {
    return new FuturePromise<>(ready(), () -> this, origin::toString);
  }

  /** As {@link #whenReady}, but a buffer that is gone is answered as it is. */
  FuturePromise<DeviceBuffer<T>> whenSettled() {
    return new FuturePromise<>(settled(), () -> this, origin::toString);
  }

  CallSite origin() {
    return origin;
  }

  @Override
  @SuppressWarnings("unchecked") // The type is a phantom: only the shape is there to be right.
  public <S extends Element> DeviceBuffer<S> as(Class<S> type) {
    checkShape(type);
    return (DeviceBuffer<S>) this;
  }

  /**
   * The type and the values, cut short as NumPy does. Waits for them. A buffer that was closed or
   * given away, or whose work has failed, says so.
   */
  @Override
  public String toString() {
    try {
      return "%s on %s%n%s".formatted(shape, device, DeviceToHost.text(this));
    } catch (HloException e) {
      return "%s on %s: %s".formatted(shape, device, e.getMessage());
    }
  }
}
