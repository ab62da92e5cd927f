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
 * uses it fails with the same message, until {@link #set} puts another value there. {@link
 * Refs#scoped} frees variables whatever happens. Safe for use by many threads.
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

  /** Why there is no value any more; null while there is one. */
  private volatile @Nullable String end;

  private Ref(BufferPromise<T> value) {
    this.shape = value.shape();
    this.device = value.device();
    this.value = value;
  }

  /**
   * A variable with a first value, which it takes over: the tensor is spent. One that is {@link
   * Tensor#retained} is not, and copied before it is replaced.
   *
   * @throws BufferStateException if it was closed or given away
   */
  public static <T extends Element> Ref<T> of(Tensor<T> value) {
    Ref<T> ref = new Ref<>(moved(value));
    TensorScope.add(ref);
    return ref;
  }

  private static <T extends Element> BufferPromise<T> moved(Tensor<T> tensor) {
    return tensor instanceof Ref<T> ref ? ref.take() : move(tensor);
  }

  /** A holder in place of a tensor, which is spent unless it is retained. */
  private static <T extends Element> BufferPromise<T> move(Tensor<T> tensor) {
    DeviceBuffer<T> buffer = tensor.buffer();
    BufferPromise<T> moved = new BufferPromise<>(buffer.share());
    if (!(tensor instanceof RetainedTensor)) {
      buffer.spend(CallSite.here("a Ref", null));
    }
    return moved;
  }

  private BufferPromise<T> take() {
    lock.lock();
    try {
      return move(value());
    } finally {
      lock.unlock();
    }
  }

  /**
   * The value as it is now, which later calls do not change: while it is open, they copy it before
   * they replace it. The caller closes it.
   *
   * @throws BufferStateException if this was closed
   */
  public BufferPromise<T> get() {
    BufferPromise<T> now = share();
    TensorScope.add(now.buffer());
    return now;
  }

  private BufferPromise<T> share() {
    lock.lock();
    try {
      return new BufferPromise<>(value().buffer().share());
    } finally {
      lock.unlock();
    }
  }

  /**
   * Puts another value there, and takes it over: the tensor is spent. Calls that were made before
   * are not affected.
   *
   * @throws ArgumentException if it has another shape, is on another device, or is this
   * @throws BufferStateException if it was closed or given away, or this was closed
   */
  public void set(Tensor<T> next) {
    if (!next.shape().equals(shape) || next.device() != device) {
      throw new ArgumentException(
          "A Ref of a %s on %s cannot hold a %s on %s"
              .formatted(shape, device, next.shape(), next.device()));
    }
    if (next.equals(this)) {
      throw new ArgumentException(
          "The Ref of a %s on %s cannot take over its own value".formatted(shape, device));
    }
    checkOpen();
    BufferPromise<T> moved = moved(next);
    lock.lock();
    try {
      checkOpen();
      replace(moved);
    } catch (BufferStateException e) {
      moved.close();
      throw e;
    } finally {
      lock.unlock();
    }
  }

  private void checkOpen() {
    String reason = end;
    if (reason != null) {
      throw new BufferStateException("The Ref of a %s on %s %s".formatted(shape, device, reason));
    }
  }

  /**
   * For who has locked this.
   *
   * @throws BufferStateException if this was closed
   */
  BufferPromise<T> value() {
    checkOpen();
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
    try (BufferPromise<T> now = share()) {
      return user.apply(now);
    }
  }

  @Override
  DeviceBuffer<T> buffer() {
    return value().buffer();
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
    return end != null || value.isClosed();
  }

  /** Frees the value, once work that uses it has ended. Closing again does nothing. */
  @Override
  public void close() {
    close("was closed");
  }

  /**
   * The same at the end of a scope.
   *
   * @param scope what has ended, for messages
   */
  void closeWith(CallSite scope) {
    close("is used after its scope has ended, which was " + scope);
  }

  private void close(String reason) {
    lock.lock();
    try {
      end = reason;
      value.close();
    } finally {
      lock.unlock();
    }
  }

  /** The type and the values, cut short as NumPy does. Waits for them. */
  @Override
  public String toString() {
    try {
      return "Ref of a " + use(now -> now.buffer().materialized().toString());
    } catch (HloException e) {
      return "Ref of a %s on %s: %s".formatted(shape, device, e.getMessage());
    }
  }
}
