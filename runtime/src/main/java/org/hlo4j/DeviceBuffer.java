package org.hlo4j;

import java.lang.ref.Cleaner;
import java.util.concurrent.CompletableFuture;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.error.BufferStateException;
import org.hlo4j.error.HloException;
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
  private static final Cleaner CLEANER = Cleaner.create();
  private static final CompletableFuture<Void> GONE = CompletableFuture.completedFuture(null);

  private final BufferHandle handle;
  private final Shape shape;
  private final Device device;
  private final CallSite origin;
  private final Release release;
  private final Cleaner.Cleanable cleanable;
  private volatile @Nullable CompletableFuture<Void> ready;
  private volatile @Nullable CallSite spentBy;

  /** Of a buffer that the caller holds. {@code origin} is what made it, for messages. */
  private DeviceBuffer(BufferHandle handle, Shape shape, Device device, CallSite origin) {
    this.handle = handle;
    this.shape = shape;
    this.device = device;
    this.origin = origin;
    this.release = new Release(handle, shape.byteSize());
    this.cleanable = CLEANER.register(this, release);
  }

  /** Takes ownership of a new buffer. */
  static <T extends Element> DeviceBuffer<T> adopt(
      BufferHandle handle, Shape shape, Device device, CallSite origin) {
    DeviceBuffer<T> buffer = new DeviceBuffer<>(handle, shape, device, origin);
    NativePressure.hold(shape.byteSize());
    return buffer;
  }

  /** Of a buffer that others have as well, and that the caller holds once more for this. */
  static <T extends Element> DeviceBuffer<T> share(
      BufferHandle handle, Shape shape, Device device, CallSite origin) {
    return new DeviceBuffer<>(handle, shape, device, origin);
  }

  /** Lets go of a buffer: once, whether by closing, by a donation, or after a collection. */
  private static final class Release implements Runnable {
    private final BufferHandle handle;
    private final long bytes;
    private volatile boolean done;

    Release(BufferHandle handle, long bytes) {
      this.handle = handle;
      this.bytes = bytes;
    }

    @Override
    public void run() {
      done = true;
      if (handle.letGo()) {
        NativePressure.release(bytes);
      }
    }
  }

  @Override
  DeviceBuffer<T> buffer() {
    return this;
  }

  Shape bufferShape() {
    return shape;
  }

  Device bufferDevice() {
    return device;
  }

  boolean isGone() {
    return release.done || handle.isClosed();
  }

  void closeBuffer() {
    cleanable.clean();
  }

  /** A call has taken the buffer away; the next use names that call. */
  void spend(CallSite by) {
    spentBy = by;
    cleanable.clean();
  }

  /**
   * Enters the native buffer; the caller releases it.
   *
   * @throws BufferStateException if it was closed or given away
   */
  BufferHandle acquire() {
    if (release.done || !handle.tryAcquire()) {
      throw gone();
    }
    return handle;
  }

  /** What is said of a buffer that was closed or given away. */
  BufferStateException gone() {
    CallSite spender = spentBy;
    String what = "The %s from %s".formatted(shape, origin);
    return new BufferStateException(
        spender == null ? what + " was closed" : what + " is spent: it was donated to " + spender);
  }

  /**
   * Completes when the content is there.
   *
   * @throws BufferStateException if the buffer was closed or given away before anybody asked
   */
  private CompletableFuture<Void> ready() {
    CompletableFuture<Void> known = ready;
    return known != null ? known : askWhenReady(acquire());
  }

  /** As {@link #ready}, but complete if the buffer is gone: there is nothing to wait for. */
  CompletableFuture<Void> settled() {
    CompletableFuture<Void> known = ready;
    if (known != null) {
      return known;
    }
    return !release.done && handle.tryAcquire() ? askWhenReady(handle) : GONE;
  }

  /** Asks the device, and leaves the buffer, which the caller has entered. */
  private CompletableFuture<Void> askWhenReady(BufferHandle entered) {
    try {
      CompletableFuture<Void> asked = entered.ready("execution");
      ready = asked;
      return asked;
    } finally {
      entered.release();
    }
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
    Shape other = Shape.of(type);
    if (!other.equals(shape)) {
      throw new ArgumentException(
          "%s is not a %s, which is a %s".formatted(shape, type.getSimpleName(), other));
    }
    return (DeviceBuffer<S>) this;
  }

  /**
   * The type and the values, cut short as NumPy does. Waits for them. A buffer that was closed or
   * given away, or whose work has failed, says so.
   */
  @Override
  public String toString() {
    try {
      return "%s on %s%n%s".formatted(shape, device, ReadBack.text(this));
    } catch (HloException e) {
      return "%s on %s: %s".formatted(shape, device, e.getMessage());
    }
  }
}
