package org.hlo4j.internal.call;

import java.util.Arrays;
import java.util.function.IntFunction;
import org.hlo4j.error.BufferStateException;
import org.hlo4j.internal.buffer.Argument;
import org.hlo4j.internal.buffer.BufferState;
import org.hlo4j.internal.buffer.CallSite;
import org.hlo4j.internal.pjrt.BufferHandle;

/**
 * The locks of a call on its arguments, on all devices, during its launch: exclusive on each buffer
 * that it donates, shared on each that it reads. {@link BufferHandle#beginDonation} explains why
 * they are needed and cannot deadlock. Reusable; for one thread at a time.
 */
final class ArgumentLocks {
  private static final String BEING_DONATED = "it is being donated to another call";

  /** How an argument is locked. */
  private enum Mode {
    UNLOCKED,
    /** For reading. */
    SHARED,
    /** For donation. */
    DONATING
  }

  private static final Argument[] NONE = {};
  private static final BufferHandle[] NO_HANDLES = {};

  /**
   * The number of arguments from which each call has its own array of buffers: G1 fences each store
   * of a reference into an old array, which then costs more than a new array.
   */
  private static final int MANY = 32;

  private final int devices;
  private final int inputs;
  private final Mode[] modes;
  private final int[] donated;
  private final IntFunction<String> nameOf;
  private int donations;

  /** The arguments; empty between calls, since these locks must not keep them reachable. */
  private Argument[] arguments = NONE;

  /** The buffers of the locked arguments. */
  private BufferHandle[] handles = NO_HANDLES;

  /** The number of locked arguments of a call without donations, which needs no modes. */
  private int shared;

  /**
   * Creates the locks of calls. The index of an argument counts all arguments of the first device,
   * then those of the next one.
   *
   * @param nameOf returns an argument's name in messages
   */
  ArgumentLocks(int devices, int inputs, IntFunction<String> nameOf) {
    this.devices = devices;
    this.inputs = inputs;
    this.modes = new Mode[devices * inputs];
    this.donated = new int[devices * inputs];
    this.nameOf = nameOf;
    Arrays.fill(modes, Mode.UNLOCKED);
  }

  /** Sets the arguments of a call. */
  void begin(Argument[] values) {
    arguments = values;
    if (handles.length != modes.length) {
      handles = new BufferHandle[modes.length];
    }
  }

  /** Donates an argument of the call, unless there are other holders of the buffer. */
  void donate(int index) {
    donated[donations] = index;
    donations++;
  }

  private BufferState buffer(int index) {
    return devices == 1
        ? arguments[index].value().shardAt(0)
        : arguments[index % inputs].value().shardAt(index / inputs);
  }

  /**
   * Locks all arguments. Donated ones come first, in a global order, since calls wait only for
   * these. The caller calls {@link #unlock} even if this fails.
   *
   * @param site the call, for which a buffer may be reserved
   * @throws BufferStateException if an argument was closed or donated, or is being donated
   */
  void lock(CallSite site) {
    if (donations == 0) {
      for (; shared < modes.length; shared++) {
        lockShared(shared, site);
      }
      return;
    }
    lockDonated(site);
    for (int i = 0; i < modes.length; i++) {
      if (modes[i] == Mode.UNLOCKED) {
        lockShared(i, site);
        modes[i] = Mode.SHARED;
      }
    }
  }

  private void lockShared(int index, CallSite site) {
    BufferState buffer = buffer(index);
    try {
      handles[index] = buffer.lockShared(site);
    } catch (BufferStateException e) {
      throw refusal(index, buffer.isClosed() ? String.valueOf(e.getMessage()) : BEING_DONATED);
    }
  }

  private void lockDonated(CallSite site) {
    for (int i = 0; i < donations; i++) {
      int index = donated[i];
      try {
        handles[index] = buffer(index).retainHandle(site);
      } catch (BufferStateException e) {
        leaveDonated(i);
        throw refusal(index, String.valueOf(e.getMessage()));
      }
    }
    sortDonated();
    for (int i = 0; i < donations; i++) {
      try {
        beginDonation(donated[i]);
      } catch (BufferStateException e) {
        leaveDonated(donations);
        throw e;
      }
    }
    leaveDonated(donations);
  }

  /** Leaves the first {@code count} of the arguments that were entered for donation. */
  private void leaveDonated(int count) {
    for (int i = 0; i < count; i++) {
      if (modes[donated[i]] != Mode.DONATING) {
        handle(donated[i]).release();
      }
    }
  }

  private void beginDonation(int index) {
    switch (handle(index).beginDonation()) {
      case BEGUN -> {
        modes[index] = Mode.DONATING;
        // If it was closed meanwhile, the single holder found is another one.
        if (buffer(index).isReleased()) {
          throw refusal(index, whyGone(index));
        }
      }
      case BUSY -> throw refusal(index, whyGone(index));
      case SHARED -> {
        // The call reads it, so it is locked with the others.
      }
    }
  }

  /** Insertion sort, since the results of one call are mostly passed to the next in order. */
  private void sortDonated() {
    for (int i = 1; i < donations; i++) {
      int index = donated[i];
      long order = handle(index).lockOrder();
      int place = i;
      while (place > 0 && handle(donated[place - 1]).lockOrder() > order) {
        donated[place] = donated[place - 1];
        place--;
      }
      donated[place] = index;
    }
  }

  private BufferStateException refusal(int index, String problem) {
    return new BufferStateException(nameOf.apply(index) + ": " + problem);
  }

  BufferHandle handle(int index) {
    return handles[index];
  }

  boolean isDonating(int index) {
    return modes[index] == Mode.DONATING;
  }

  /**
   * Returns whether PJRT consumed an argument's memory, which aliasing permits but does not force.
   */
  boolean isTaken(int index) {
    return isDonating(index) && handle(index).isDeleted();
  }

  void spend(int index, CallSite site) {
    buffer(index).spend(site);
  }

  /** Unlocks and clears the arguments, which these locks must not keep reachable. */
  void unlock() {
    if (donations == 0) {
      for (int i = 0; i < shared; i++) {
        handle(i).unlockShared();
      }
      shared = 0;
    } else {
      unlockByMode();
    }
    arguments = NONE;
    if (handles.length < MANY) {
      Arrays.fill(handles, null);
    } else {
      handles = NO_HANDLES;
    }
  }

  private void unlockByMode() {
    for (int i = 0; i < modes.length; i++) {
      switch (modes[i]) {
        case SHARED -> handle(i).unlockShared();
        case DONATING -> {
          handle(i).endDonation();
          handle(i).releaseDonated();
        }
        case UNLOCKED -> {
          // The call failed before it reached this argument.
        }
      }
    }
    Arrays.fill(modes, Mode.UNLOCKED);
    donations = 0;
  }

  /**
   * Acquires another hold on a locked argument, for an output with the same buffer.
   *
   * @throws BufferStateException if another thread has closed it, or waits to donate it
   */
  BufferHandle hold(int index) {
    BufferHandle held = handle(index);
    if (!held.retainHolder()) {
      throw refusal(index, whyGone(index));
    }
    return held;
  }

  private String whyGone(int index) {
    BufferState buffer = buffer(index);
    return buffer.isReleased() ? String.valueOf(buffer.gone().getMessage()) : BEING_DONATED;
  }
}
