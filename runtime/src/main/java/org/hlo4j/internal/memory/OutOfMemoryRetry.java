package org.hlo4j.internal.memory;

import java.util.Locale;
import java.util.function.Supplier;
import org.hlo4j.error.InsufficientMemoryException;
import org.hlo4j.error.PjrtException;
import org.hlo4j.error.StatusCode;

/** What is tried when a device says that it has no memory left. */
public final class OutOfMemoryRetry {
  private OutOfMemoryRetry() {}

  public static boolean isExhausted(PjrtException e) {
    return e.code() == StatusCode.RESOURCE_EXHAUSTED;
  }

  /**
   * Tries again, once, after what nobody uses any more was freed.
   *
   * @param what what needs the memory, for the message
   * @param bytes how much it needs, as far as is known
   * @throws InsufficientMemoryException if there is still too little
   */
  public static <T> T retry(String what, long bytes, Supplier<T> attempt) {
    MemoryPressure.reclaim();
    try {
      return attempt.get();
    } catch (PjrtException e) {
      if (!isExhausted(e)) {
        throw e;
      }
      throw new InsufficientMemoryException(
          String.format(
              Locale.ROOT,
              "%s needs %,d bytes, and the device has too little memory left; tensors that are open take %,d bytes: %s",
              what,
              bytes,
              MemoryLedger.held(),
              e.getMessage()),
          e);
    }
  }
}
