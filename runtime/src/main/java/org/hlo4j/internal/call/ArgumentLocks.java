package org.hlo4j.internal.call;

import java.util.Arrays;
import java.util.function.IntFunction;
import org.hlo4j.error.BufferStateException;
import org.hlo4j.internal.buffer.BufferState;
import org.hlo4j.internal.buffer.CallSite;
import org.hlo4j.internal.pjrt.BufferHandle;

/**
 * The locks that a call has on its arguments, on all of its devices, while it is launched: an
 * exclusive one on each buffer that it gives away, and a shared one on each that it reads. {@link
 * BufferHandle#beginDonation} says why they are needed and why nobody waits for ever. Reusable; for
 * one thread at a time.
 */
final class ArgumentLocks {
  private static final String BEING_DONATED = "it is being donated to another call";

  /** What has been done with an argument. */
  private enum Mode {
    UNLOCKED,
    /** The call reads it. */
    SHARED,
    /** The call gives it away. */
    DONATING
  }

  private final BufferState[] buffers;
  private final BufferHandle[] handles;
  private final Mode[] modes;
  private final int[] donated;
  private final IntFunction<String> nameOf;
  private int donations;

  /** How many are locked of a call that gives nothing away, which needs no modes. */
  private int shared;

  /**
   * Locks for so many arguments.
   *
   * @param nameOf what messages call an argument
   */
  ArgumentLocks(int size, IntFunction<String> nameOf) {
    this.buffers = new BufferState[size];
    this.handles = new BufferHandle[size];
    this.modes = new Mode[size];
    this.donated = new int[size];
    this.nameOf = nameOf;
    Arrays.fill(modes, Mode.UNLOCKED);
  }

  /** Takes an argument. One that may be given away is, unless others hold the buffer as well. */
  void add(int index, BufferState buffer, boolean mayBeDonated) {
    buffers[index] = buffer;
    if (mayBeDonated) {
      donated[donations] = index;
      donations++;
    }
  }

  /**
   * Locks all arguments. What is given away comes first, in one order for all calls, since only
   * there a call waits. The caller calls {@link #unlock} also if this fails.
   *
   * @param site the call, for which a buffer may be reserved
   * @throws BufferStateException if an argument was closed, or given away, or is being
   */
  void lock(CallSite site) {
    if (donations == 0) {
      for (; shared < buffers.length; shared++) {
        lockShared(shared, site);
      }
      return;
    }
    lockDonated(site);
    for (int i = 0; i < buffers.length; i++) {
      if (modes[i] == Mode.UNLOCKED) {
        lockShared(i, site);
        modes[i] = Mode.SHARED;
      }
    }
  }

  private void lockShared(int index, CallSite site) {
    try {
      handles[index] = buffers[index].lockShared(site);
    } catch (BufferStateException e) {
      throw refusal(
          index, buffers[index].isClosed() ? String.valueOf(e.getMessage()) : BEING_DONATED);
    }
  }

  private void lockDonated(CallSite site) {
    for (int i = 0; i < donations; i++) {
      int index = donated[i];
      try {
        handles[index] = buffers[index].retainHandle(site);
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

  /** Leaves the first so many of the arguments that were entered to be given away, and are not. */
  private void leaveDonated(int count) {
    for (int i = 0; i < count; i++) {
      if (modes[donated[i]] != Mode.DONATING) {
        handles[donated[i]].release();
      }
    }
  }

  private void beginDonation(int index) {
    switch (handles[index].beginDonation()) {
      case BEGUN -> {
        modes[index] = Mode.DONATING;
        // If it was closed meanwhile, the one holder that was found is another.
        if (buffers[index].isReleased()) {
          throw refusal(index, whyGone(index));
        }
      }
      case BUSY -> throw refusal(index, whyGone(index));
      case SHARED -> {
        // The call reads it, so that it is locked with the others.
      }
    }
  }

  /** By insertion: results of one call, which are given to the next, mostly are in order. */
  private void sortDonated() {
    for (int i = 1; i < donations; i++) {
      int index = donated[i];
      long order = handles[index].lockOrder();
      int place = i;
      while (place > 0 && handles[donated[place - 1]].lockOrder() > order) {
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

  /** Whether PJRT has taken an argument's memory: the attribute only allows it to. */
  boolean isTaken(int index) {
    return isDonating(index) && handles[index].isDeleted();
  }

  void spend(int index, CallSite site) {
    buffers[index].spend(site);
  }

  /** Unlocks what is locked, and forgets the arguments, which these locks must not keep alive. */
  void unlock() {
    if (donations == 0) {
      for (int i = 0; i < shared; i++) {
        handles[i].unlockShared();
      }
      shared = 0;
    } else {
      unlockByMode();
    }
    Arrays.fill(buffers, null);
    Arrays.fill(handles, null);
  }

  private void unlockByMode() {
    for (int i = 0; i < buffers.length; i++) {
      switch (modes[i]) {
        case SHARED -> handles[i].unlockShared();
        case DONATING -> {
          handles[i].endDonation();
          handles[i].releaseDonated();
        }
        case UNLOCKED -> {
          // The call was refused before it came to this one.
        }
      }
    }
    Arrays.fill(modes, Mode.UNLOCKED);
    donations = 0;
  }

  /**
   * Holds a locked argument once more, for an output that is the same buffer.
   *
   * @throws BufferStateException if another thread has closed it, or waits to give it away
   */
  BufferHandle hold(int index) {
    if (!handles[index].retainHolder()) {
      throw refusal(index, whyGone(index));
    }
    return handles[index];
  }

  private String whyGone(int index) {
    return buffers[index].isReleased()
        ? String.valueOf(buffers[index].gone().getMessage())
        : BEING_DONATED;
  }
}
