package org.hlo4j.internal.pjrt;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The only owner of a native object. It counts the calls that use the object, so that closing it
 * from another thread waits for them: the object is destroyed once, when it is closed and the last
 * user has left. Safe for use by many threads.
 */
public abstract class NativeHandle implements AutoCloseable {
  private static final int CLOSED = 1;
  private static final int USER = 2;
  private static final VarHandle STATE;

  static {
    try {
      STATE = MethodHandles.lookup().findVarHandle(NativeHandle.class, "state", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final long address;
  private volatile int state;

  NativeHandle(long address) {
    if (address == 0) {
      throw new IllegalArgumentException(getClass().getSimpleName() + " of a null address");
    }
    this.address = address;
  }

  /** Destroys the native object. Called once, by whoever closes it or leaves it last. */
  abstract void destroy(long address);

  /** Enters the object if it is open; each success is paired with a {@link #release}. */
  public final boolean tryAcquire() {
    int seen = state;
    while ((seen & CLOSED) == 0) {
      int witness = (int) STATE.compareAndExchange(this, seen, seen + USER);
      if (witness == seen) {
        return true;
      }
      seen = witness;
    }
    return false;
  }

  /** Enters the object once more. The caller is inside already, so it is there. */
  final void enterAgain() {
    STATE.getAndAdd(this, USER);
  }

  /** Leaves the object; if it was closed meanwhile, the last one to leave destroys it. */
  public final void release() {
    if (leave()) {
      destroy(address);
    }
  }

  /** As {@link #release}, for threads of the plugin, which may not destroy what they run in. */
  final void releaseOffThread() {
    if (leave()) {
      Reclaimer.run(() -> destroy(address));
    }
  }

  private boolean leave() {
    return (int) STATE.getAndAdd(this, -USER) - USER == CLOSED;
  }

  /** The native object's address. Only between a successful {@link #tryAcquire} and its release. */
  final long address() {
    return address;
  }

  /** Whether the object was closed. Calls that entered it before may still be running. */
  public final boolean isClosed() {
    return (state & CLOSED) != 0;
  }

  /** Destroys the object now, or when its last user leaves. Closing it again does nothing. */
  @Override
  public final void close() {
    int seen = (int) STATE.getAndBitwiseOr(this, CLOSED);
    if (seen == 0) {
      destroy(address);
    }
  }
}
