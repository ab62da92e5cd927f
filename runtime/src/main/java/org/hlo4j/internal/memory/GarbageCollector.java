package org.hlo4j.internal.memory;

import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** Collects unreachable Java objects, and frees the native memory that they own. */
final class GarbageCollector {
  private static final System.Logger LOG = System.getLogger("org.hlo4j");
  private static final AtomicBoolean REPORTED = new AtomicBoolean();
  private static final long STEP_NANOS = 200_000;

  /** How many steps in a row nothing is freed before the search ends. */
  private static final int IDLE_STEPS = 3;

  /** How many steps the JVM gets to hand over the first object; it usually needs none. */
  private static final int PATIENT_STEPS = 50_000;

  private GarbageCollector() {}

  /** An unreachable object, whose end shows that a collection has happened. */
  private static final class Probe extends UnreachableObjects.Watch {
    private volatile boolean arrived;

    Probe() {
      super(new Object());
    }

    @Override
    protected void onUnreachable() {
      arrived = true;
    }
  }

  /** Collects, and frees what was found. Does little where the JVM does not let itself be asked. */
  static void collect() {
    Probe probe = new Probe();
    System.gc();
    if (!isFound(probe)) {
      report();
      if (DiagnosticCommand.isAvailable()) {
        DiagnosticCommand.collect();
      }
    }
    if (isFound(probe)) {
      freeFound(probe);
    }
  }

  /** A collection clears references before it returns to who has asked for it. */
  private static boolean isFound(Probe probe) {
    return probe.refersTo(null);
  }

  private static void report() {
    if (REPORTED.compareAndSet(false, true)) {
      LOG.log(
          Level.WARNING,
          "System.gc() has no effect in this JVM (-XX:+DisableExplicitGC?), so that tensors which"
              + " nobody closes may keep their memory. Close them, or allow explicit collections.");
    }
  }

  /** A thread of the JVM's hands over one by one what was found. */
  private static void freeFound(Probe probe) {
    for (int step = 0; !probe.arrived && step < PATIENT_STEPS; step++) {
      if (!UnreachableObjects.drain()) {
        LockSupport.parkNanos(STEP_NANOS);
      }
    }
    long held = MemoryLedger.held();
    int idle = 0;
    while (idle < IDLE_STEPS) {
      boolean drained = UnreachableObjects.drain();
      idle = drained || MemoryLedger.held() < held ? 0 : idle + 1;
      held = MemoryLedger.held();
      LockSupport.parkNanos(STEP_NANOS);
    }
  }
}
