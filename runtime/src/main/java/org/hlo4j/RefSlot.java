package org.hlo4j;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.error.BufferStateException;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link Ref} or a {@link ShardedRef} holds: its current value, which calls read and
 * replace. Safe for use by many threads.
 *
 * @param <V> the type of the value
 */
final class RefSlot<V extends DeviceArray<?>> {
  private static final AtomicLong IDS = new AtomicLong();

  /** In whose order calls lock several. */
  private final long id = IDS.incrementAndGet();

  private final ReentrantLock lock = new ReentrantLock();
  private final String name;
  private final Output<V> output;
  private volatile V value;

  /** Why there is no value any more; null while there is one. */
  private volatile @Nullable String end;

  /** Takes an output of a call as the next value. */
  interface Output<V> {
    /** Returns the output, counted from 0. */
    V of(Results results, int index);
  }

  /**
   * A slot with a first value, which it takes over.
   *
   * @param name what messages call it
   * @param output takes an output of a call as the next value
   */
  RefSlot(String name, V value, Output<V> output) {
    this.name = name;
    this.value = value;
    this.output = output;
  }

  /**
   * A slot's value on the way into another slot.
   *
   * @throws BufferStateException if the slot was closed
   */
  <R> R locked(Function<V, R> user) {
    lock.lock();
    try {
      return user.apply(value());
    } finally {
      lock.unlock();
    }
  }

  /**
   * Replaces the value by another, which it takes over.
   *
   * @param taken takes the next value from its owner, who loses it
   * @throws BufferStateException if the slot was closed
   */
  void set(Supplier<V> taken) {
    checkOpen();
    V next = taken.get();
    lock.lock();
    try {
      checkOpen();
      replace(next);
    } catch (BufferStateException e) {
      next.close();
      throw e;
    } finally {
      lock.unlock();
    }
  }

  /**
   * The value, for a caller that has locked this.
   *
   * @throws BufferStateException if the slot was closed
   */
  V value() {
    checkOpen();
    return value;
  }

  private void checkOpen() {
    String reason = end;
    if (reason != null) {
      throw new BufferStateException("The %s %s".formatted(name, reason));
    }
  }

  /** Replaces the value by an output of a call that has locked this. */
  void replace(Results results, int index) {
    replace(output.of(results, index));
  }

  private void replace(V next) {
    V before = value;
    value = next;
    before.close();
  }

  /** Closes the slot and its value. */
  void close(String reason) {
    lock.lock();
    try {
      end = reason;
      value.close();
    } finally {
      lock.unlock();
    }
  }

  boolean isClosed() {
    return end != null || value.isClosed();
  }

  /** The refusal of a value that does not fit. */
  ArgumentException refuse(Object other) {
    return new ArgumentException("A %s cannot hold a %s".formatted(name, other));
  }

  /** The refusal of the slot's own value. */
  ArgumentException refuseOwn() {
    return new ArgumentException("The %s cannot take over its own value".formatted(name));
  }

  long id() {
    return id;
  }

  ReentrantLock lock() {
    return lock;
  }
}
