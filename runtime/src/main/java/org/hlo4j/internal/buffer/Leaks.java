package org.hlo4j.internal.buffer;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.hlo4j.internal.setting.Setting;
import org.hlo4j.type.Shape;
import org.jspecify.annotations.Nullable;

/**
 * Reports unclosed tensors with the stack trace of the call that created them, if {@code
 * -Dhlo4j.leaks=report} is set. This costs one stack trace per tensor.
 */
final class Leaks {
  static final System.Logger LOG = System.getLogger("org.hlo4j");

  private static final boolean REPORTED = Setting.LEAKS.isSpecial();
  private static final ConcurrentHashMap<BufferCleaner, Allocation> OPEN =
      new ConcurrentHashMap<>();

  private Leaks() {}

  /** The allocation of a tensor, with its stack trace. */
  private static final class Allocation extends Exception {
    private static final long serialVersionUID = 1L;

    Allocation(Shape shape, CallSite origin) {
      super("a %s from %s".formatted(shape, origin));
    }
  }

  static void opened(BufferCleaner owner, Shape shape, CallSite origin) {
    if (REPORTED) {
      OPEN.put(owner, new Allocation(shape, origin));
    }
  }

  /** Records that a buffer was closed or donated. */
  static void closed(BufferCleaner owner) {
    if (REPORTED) {
      OPEN.remove(owner);
    }
  }

  /** Records that a buffer was collected, which is a leak unless it was closed. */
  static void collected(BufferCleaner owner) {
    report(owner, "was never closed and has become unreachable");
  }

  /** Records the buffers that were open when their client was closed. */
  static void closedWithClient(List<BufferCleaner> owners) {
    owners.forEach(owner -> report(owner, "was still open when its client was closed"));
  }

  private static void report(BufferCleaner owner, String what) {
    @Nullable Allocation allocation = REPORTED ? OPEN.remove(owner) : null;
    if (allocation != null) {
      LOG.log(
          System.Logger.Level.WARNING,
          "Leak: %s %s".formatted(allocation.getMessage(), what),
          allocation);
    }
  }
}
