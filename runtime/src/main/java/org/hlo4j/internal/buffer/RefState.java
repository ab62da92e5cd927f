package org.hlo4j.internal.buffer;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.error.BufferStateException;
import org.jspecify.annotations.Nullable;

/**
 * A variable on one device or on several: its current value, which calls read and replace. Safe for
 * use by many threads.
 */
public final class RefState implements Argument {
  private static final AtomicLong IDS = new AtomicLong();

  /** In whose order calls lock several. */
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
   * A variable with a first value, which it takes over: the tensor is spent, unless it is retained.
   *
   * @param kind what messages call the variable
   * @throws BufferStateException if a buffer was closed or given away
   */
  public static RefState of(String kind, Argument value) {
    return new RefState(kind, moved(kind, value));
  }

  /** A holder in place of a tensor, which is spent unless it is retained. */
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
   * Replaces the value by a tensor, which this takes over: the tensor is spent, unless it is
   * retained.
   *
   * @throws ArgumentException if the tensor has another shape or sharding, is on other devices, or
   *     is this variable
   * @throws BufferStateException if the tensor was closed or given away, or this was closed
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
      throw new ArgumentException("The %s cannot take over its own value".formatted(name));
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

  /** Another holder of the value as it is now, which the caller closes. */
  public ArrayState share() {
    lock.lock();
    try {
      return value().share();
    } finally {
      lock.unlock();
    }
  }

  /** Uses the value as it is now: other threads may give a call that changes another value. */
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

  /** Replaces the value by an output of a call that has locked this. */
  public void replace(ArrayState next) {
    ArrayState before = value;
    value = next;
    before.close();
  }

  /** Closes the variable and its value; later uses are refused with a reason. */
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

  /** Orders variables for calls that lock several. */
  public long id() {
    return id;
  }

  /** The lock that a call holds while it reads and replaces the value. */
  public ReentrantLock lock() {
    return lock;
  }
}
