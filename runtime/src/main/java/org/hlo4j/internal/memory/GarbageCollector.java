package org.hlo4j.internal.memory;

import java.lang.System.Logger.Level;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** Collects unreachable Java objects, and frees the native memory that they own. */
final class GarbageCollector {
  private static final System.Logger LOG = System.getLogger("org.hlo4j");
  private static final AtomicBoolean REPORTED = new AtomicBoolean();
  private static final long STEP_NANOS = 200_000;

  /** The number of steps to wait for the JVM to enqueue the next object; few are usually needed. */
  private static final int PATIENT_STEPS = 50_000;

  private GarbageCollector() {}

  /** Collects, and frees what was found. Has little effect if explicit collections are disabled. */
  static void collect() {
    WeakReference<Object> probe = new WeakReference<>(new Object());
    System.gc();
    if (!isFound(probe)) {
      report();
      if (DiagnosticCommand.isAvailable()) {
        DiagnosticCommand.collect();
      }
    }
    if (isFound(probe)) {
      freeFound();
    }
  }

  /** Waits for a collection, which clears references before it returns to its caller. */
  private static boolean isFound(Reference<?> probe) {
    return probe.refersTo(null);
  }

  private static void report() {
    if (REPORTED.compareAndSet(false, true)) {
      LOG.log(
          Level.WARNING,
          "System.gc() has no effect in this JVM (-XX:+DisableExplicitGC?), so unclosed tensors"
              + " may keep their memory. Close them, or allow explicit collections.");
    }
  }

  /** Frees objects while a JVM thread enqueues them one by one. */
  private static void freeFound() {
    int idle = 0;
    while (UnreachableObjects.isAnyFound() && idle < PATIENT_STEPS) {
      if (UnreachableObjects.drain()) {
        idle = 0;
      } else {
        idle++;
        LockSupport.parkNanos(STEP_NANOS);
      }
    }
  }
}
