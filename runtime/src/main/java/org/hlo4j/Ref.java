package org.hlo4j;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.error.BufferStateException;
import org.hlo4j.error.HloException;
import org.hlo4j.type.Element;
import org.hlo4j.type.Shape;
import org.jspecify.annotations.Nullable;

/**
 * A variable on a device. A call that would take its tensor away replaces it by the output that
 * gets the tensor's memory, which is then none of the call's results; other calls, and reads, see
 * the value that is there when they begin. Calls with one {@code Ref} happen in the order in which
 * they were made, from any thread, and none of them waits for the device.
 *
 * <p>A call that is refused leaves the value. Where its work fails, the value is that failure: what
 * uses it fails with the same message, until {@link #set} puts another value there. Safe for use by
 * many threads.
 *
 * @param <T> the tensor type
 */
public final class Ref<T extends Element> extends Tensor<T> {
  private static final AtomicLong IDS = new AtomicLong();

  /** In whose order calls lock several. */
  private final long id = IDS.incrementAndGet();

  private final ReentrantLock lock = new ReentrantLock();
  private final Shape shape;
  private final Device device;
  private volatile BufferPromise<T> value;

  private Ref(BufferPromise<T> value) {
    this.shape = value.shape();
    this.device = value.device();
    this.value = value;
  }

  /**
   * A variable with a first value, which it takes over: the tensor is spent.
   *
   * @throws BufferStateException if it was closed or given away
   */
  public static <T extends Element> Ref<T> of(Tensor<T> value) {
    return new Ref<>(Sharing.move(value));
  }

  /**
   * The value as it is now, which later calls do not change: while it is open, they copy it before
   * they replace it. The caller closes it.
   *
   * @throws BufferStateException if this was closed
   */
  public BufferPromise<T> get() {
    lock.lock();
    try {
      return Sharing.share(value);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Puts another value there, and takes it over: the tensor is spent. Calls that were made before
   * are not affected.
   *
   * @throws ArgumentException if it has another shape, or is on another device
   * @throws BufferStateException if it was closed or given away
   */
  public void set(Tensor<T> next) {
    if (!next.shape().equals(shape) || next.device() != device) {
      throw new ArgumentException(
          "A Ref of a %s on %s cannot hold a %s on %s"
              .formatted(shape, device, next.shape(), next.device()));
    }
    BufferPromise<T> moved = Sharing.move(next);
    lock.lock();
    try {
      replace(moved);
    } finally {
      lock.unlock();
    }
  }

  /** For a call that has locked this. */
  BufferPromise<T> value() {
    return value;
  }

  /** Puts the result of a call that has locked this there. */
  void replace(BufferPromise<T> next) {
    BufferPromise<T> before = value;
    value = next;
    before.close();
  }

  long id() {
    return id;
  }

  ReentrantLock lock() {
    return lock;
  }

  @Override
  <R> R use(Function<Tensor<T>, R> user) {
    try (BufferPromise<T> now = get()) {
      return user.apply(now);
    }
  }

  @Override
  DeviceBuffer<T> buffer() {
    return value.buffer();
  }

  @Override
  @Nullable DeviceBuffer<T> made() {
    return value.made();
  }

  @Override
  @Nullable PendingBuffer<T> pending() {
    return value.pending();
  }

  @Override
  public Shape shape() {
    return shape;
  }

  @Override
  public Device device() {
    return device;
  }

  /** The value as it is now, for a call that would replace it and is not to. */
  @Override
  public Tensor<T> retained() {
    return get().retained();
  }

  @Override
  @SuppressWarnings("unchecked") // The type is a phantom: only the shape is there to be right.
  public <S extends Element> Ref<S> as(Class<S> type) {
    checkShape(type);
    return (Ref<S>) this;
  }

  @Override
  public boolean isClosed() {
    return value.isClosed();
  }

  /** Frees the value, once work that uses it has ended. Closing again does nothing. */
  @Override
  public void close() {
    lock.lock();
    try {
      value.close();
    } finally {
      lock.unlock();
    }
  }

  /** The type and the values, cut short as NumPy does. Waits for them. */
  @Override
  public String toString() {
    try {
      return "Ref of a " + use(now -> now.buffer().toString());
    } catch (HloException e) {
      return "Ref of a %s on %s: %s".formatted(shape, device, e.getMessage());
    }
  }
}
