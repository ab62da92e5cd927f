package org.hlo4j.internal.pjrt;

/**
 * The word of a {@link NativeHandle} that counts its users, with pure functions over it, so that a
 * test can explore all interleavings.
 *
 * <p>A user is inside the native object, which is not destroyed meanwhile. A reader is a user that
 * has locked a buffer's content, as a call does for the arguments that it reads. The flag {@code
 * DONATING} locks the content for one call that donates it: no reader enters, and the call waits
 * until the readers inside have left. XLA has the same two locks and acquires them in argument
 * order, which can deadlock; see {@link BufferHandle#beginDonation}.
 */
final class LockWord {
  /** The object was closed: no user can enter. */
  static final long CLOSED = 1;

  /** A call is donating the buffer's content: no reader can enter. */
  static final long DONATING = 2;

  /** One user. There is room for a billion, since each buffer is a user of its client. */
  static final long USER = 4;

  /** One user that reads the content. */
  static final long READER = (1L << 32) | USER;

  private LockWord() {}

  static boolean hasReaders(long word) {
    return word >>> 32 != 0;
  }

  /** Returns whether a donation is waiting, and the last reader has just left. */
  static boolean isDonorAwake(long word) {
    return (word & DONATING) != 0 && !hasReaders(word);
  }
}
