package org.hlo4j.internal.buffer;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.hlo4j.internal.setting.Setting;
import org.hlo4j.type.Shape;
import org.jspecify.annotations.Nullable;

/**
 * Reports tensors that nobody has closed, with the stack of the call that made them, where {@code
 * -Dhlo4j.leaks=report} asks for that. It costs a stack trace a tensor.
 */
final class Leaks {
  static final System.Logger LOG = System.getLogger("org.hlo4j");

  private static final boolean REPORTED = Setting.LEAKS.isSpecial();
  private static final ConcurrentHashMap<BufferCleaner, Allocation> OPEN =
      new ConcurrentHashMap<>();

  private Leaks() {}

  /** Where a tensor was made; its stack trace is what counts. */
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

  /** It was closed, or given away. */
  static void closed(BufferCleaner owner) {
    if (REPORTED) {
      OPEN.remove(owner);
    }
  }

  /** It was collected; unless somebody has closed it, that is a leak. */
  static void collected(BufferCleaner owner) {
    report(owner, "was never closed, and the garbage collector has found it");
  }

  /** A client was closed, and with it what was still open. */
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
