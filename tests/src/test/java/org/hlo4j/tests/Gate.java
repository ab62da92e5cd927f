package org.hlo4j.tests;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.hlo4j.Device;
import org.hlo4j.DeviceBuffer;

/**
 * Keeps a kernel of {@link Gated} running until it is opened, so that a test can tell what happens
 * meanwhile without a clock: a CPU device reads the host's memory where it is. Writing it there is
 * what {@link Device#putShared} forbids; such a program sees zero, then one, and both are right.
 */
final class Gate implements AutoCloseable {
  private final MemorySegment memory = Arena.ofAuto().allocate(Integer.BYTES, 64);
  private final DeviceBuffer<Gated.Flag> flag;

  Gate(Device device) {
    this.flag = device.putShared(Gated.Flag.class, memory);
  }

  DeviceBuffer<Gated.Flag> flag() {
    return flag;
  }

  void open() {
    ValueLayout.JAVA_INT.varHandle().setVolatile(memory, 0L, 1);
  }

  /** Opens it: nothing is to run for ever because a test has failed. */
  @Override
  public void close() {
    open();
    flag.close();
  }
}
