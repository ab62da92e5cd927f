package org.hlo4j.internal.memory;

import java.util.Locale;
import java.util.function.Supplier;
import org.hlo4j.error.InsufficientMemoryException;
import org.hlo4j.error.PjrtException;
import org.hlo4j.error.StatusCode;

/** Retries operations of a device that is out of memory. */
public final class OutOfMemoryRetry {
  private OutOfMemoryRetry() {}

  public static boolean isExhausted(PjrtException e) {
    return e.code() == StatusCode.RESOURCE_EXHAUSTED;
  }

  /**
   * Retries once, after freeing unreachable tensors.
   *
   * @param what the operation, for the message
   * @param bytes the size of the allocation, if known
   * @throws InsufficientMemoryException if there is still too little memory
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
              "%s needs %,d bytes, but the device has too little free memory; open tensors take %,d bytes: %s",
              what,
              bytes,
              MemoryLedger.held(),
              e.getMessage()),
          e);
    }
  }
}
