package org.hlo4j.internal.buffer;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.error.BufferStateException;
import org.jspecify.annotations.Nullable;

/**
 * A variable on one or several devices, whose value calls read and replace. Safe for use by
 * multiple threads.
 */
public final class RefState implements Argument {
  private static final AtomicLong IDS = new AtomicLong();

  /** Defines the order in which calls lock several variables. */
  private final long id = IDS.incrementAndGet();

  private final ReentrantLock lock = new ReentrantLock();
  private final String kind;
  private final String name;
  private volatile ArrayState value;

  /** Why there is no value any more; null while there is one. */
  private volatile @Nullable String end;

  private RefState(String kind, ArrayState value) {
    this.kind = kind;
    this.name = kind + " of a " + value.description();
    this.value = value;
  }

  /**
   * Returns a variable with an initial value, which it consumes unless it is retained.
   *
   * @param kind the variable's kind in messages
   * @throws BufferStateException if a buffer was closed or donated
   */
  public static RefState of(String kind, Argument value) {
    return new RefState(kind, moved(kind, value));
  }

  /** Returns a new holder of a tensor, which is consumed unless it is retained. */
  private static ArrayState moved(String kind, Argument from) {
    RefState slot = from.slot();
    if (slot == null) {
      return move(kind, from.value(), from.isRetained());
    }
    slot.lock.lock();
    try {
      return move(kind, slot.value(), false);
    } finally {
      slot.lock.unlock();
    }
  }

  private static ArrayState move(String kind, ArrayState from, boolean isRetained) {
    ArrayState moved = from.share();
    if (!isRetained) {
      from.spend(CallSite.here("a " + kind, null));
    }
    return moved;
  }

  /**
   * Replaces the value by a tensor, which is consumed unless it is retained.
   *
   * @throws ArgumentException if the tensor has another shape or sharding, is on other devices, or
   *     is this variable
   * @throws BufferStateException if the tensor was closed or donated, or this was closed
   */
  public void set(Argument next) {
    ArrayState now = value();
    ArrayState given = next.value();
    if (!given.shape().equals(now.shape())
        || !given.group().equals(now.group())
        || !given.tiling().equals(now.tiling())) {
      throw new ArgumentException("A %s cannot hold a %s".formatted(name, given.description()));
    }
    if (next.slot() == this) {
      throw new ArgumentException("The %s cannot be set to its own value".formatted(name));
    }
    ArrayState taken = moved(kind, next);
    lock.lock();
    try {
      checkOpen();
      replace(taken);
    } catch (BufferStateException e) {
      taken.close();
      throw e;
    } finally {
      lock.unlock();
    }
  }

  /** Returns another holder of the current value, which the caller closes. */
  public ArrayState share() {
    lock.lock();
    try {
      return value().share();
    } finally {
      lock.unlock();
    }
  }

  /** Applies a function to the current value, which stays unchanged while it runs. */
  public <R> R use(Function<ArrayState, R> user) {
    ArrayState now = share();
    try {
      return user.apply(now);
    } finally {
      now.close();
    }
  }

  @Override
  public ArrayState value() {
    checkOpen();
    return value;
  }

  @Override
  public RefState slot() {
    return this;
  }

  private void checkOpen() {
    String reason = end;
    if (reason != null) {
      throw new BufferStateException("The %s %s".formatted(name, reason));
    }
  }

  /** Replaces the value by an output of a call that has locked this variable. */
  public void replace(ArrayState next) {
    ArrayState before = value;
    value = next;
    before.close();
  }

  /** Closes the variable and its value; later uses are rejected with a reason. */
  public void close(String reason) {
    lock.lock();
    try {
      end = reason;
      value.close();
    } finally {
      lock.unlock();
    }
  }

  public boolean isClosed() {
    return end != null || value.isClosed();
  }

  /** Returns the position in the locking order. */
  public long id() {
    return id;
  }

  /** Returns the lock that a call holds while it reads and replaces the value. */
  public ReentrantLock lock() {
    return lock;
  }
}
