package org.hlo4j.internal.pjrt;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.hlo4j.internal.memory.Reclaimer;

/**
 * The only owner of a native object. It counts the users of the object, so that closing it from
 * another thread waits for them: the object is destroyed once, when it is closed and the last user
 * has left. Safe for use by multiple threads.
 */
public abstract class NativeHandle implements AutoCloseable {
  private static final VarHandle STATE;

  static {
    try {
      STATE = MethodHandles.lookup().findVarHandle(NativeHandle.class, "state", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final long address;
  private volatile long state;

  NativeHandle(long address) {
    if (address == 0) {
      throw new IllegalArgumentException(getClass().getSimpleName() + " of a null address");
    }
    this.address = address;
  }

  /** Destroys the native object. Called once, by the closing thread or the last user. */
  abstract void destroy(long address);

  /** Retains the object if it is open; each success is paired with a {@link #release}. */
  public final boolean tryRetain() {
    return tryAdd(LockWord.USER, LockWord.CLOSED);
  }

  /** Adds to the lock word unless it has one of some flags. */
  final boolean tryAdd(long amount, long refusingFlags) {
    long seen = state;
    while ((seen & refusingFlags) == 0) {
      long witness = (long) STATE.compareAndExchange(this, seen, seen + amount);
      if (witness == seen) {
        return true;
      }
      seen = witness;
    }
    return false;
  }

  /** Adds to the lock word unconditionally; returns its new value. */
  final long add(long amount) {
    return (long) STATE.getAndAdd(this, amount) + amount;
  }

  final long lockWord() {
    return state;
  }

  /** Retains the object, which the caller has already retained, once more. */
  final void retain() {
    long unused = add(LockWord.USER);
  }

  /** Releases the object; if it was closed meanwhile, the last release destroys it. */
  public final void release() {
    leave(LockWord.USER);
  }

  /** Subtracts a user's amount from the lock word; returns its new value. */
  final long leave(long amount) {
    long left = add(-amount);
    if (left == LockWord.CLOSED) {
      destroy(address);
    }
    return left;
  }

  /** Like {@link #release}, for threads of the plugin, which may not destroy their own objects. */
  final void releaseOffThread() {
    if (add(-LockWord.USER) == LockWord.CLOSED) {
      Reclaimer.run(() -> destroy(address));
    }
  }

  /** Returns the native object's address. Only valid between {@link #tryRetain} and its release. */
  final long address() {
    return address;
  }

  /** Returns whether the object was closed. Earlier calls may still be running. */
  public final boolean isClosed() {
    return (state & LockWord.CLOSED) != 0;
  }

  /** Destroys the object now, or when its last user leaves. Idempotent. */
  @Override
  public final void close() {
    long seen = (long) STATE.getAndBitwiseOr(this, LockWord.CLOSED);
    if (seen == 0) {
      destroy(address);
    }
  }
}
