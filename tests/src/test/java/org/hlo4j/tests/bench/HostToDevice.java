package org.hlo4j.tests.bench;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.hlo4j.Device;
import org.hlo4j.Pjrt;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** 64 MB to the device. */
@State(Scope.Thread)
public class HostToDevice {
  private static final long ALIGNMENT = 64;
  private static final int BATCH = 20;

  private final Pjrt client = Pjrt.open();
  private final Device device = client.device();
  private final MemorySegment aligned =
      Arena.ofAuto().allocate((long) Megabytes64.SIZE * Float.BYTES, ALIGNMENT).fill((byte) 1);
  private final float[] array = new float[Megabytes64.SIZE];

  /** With something in each page: all pages that hold nothing may be one. */
  public HostToDevice() {
    Arrays.fill(array, 1);
  }

  /** Aligned memory, as it is. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public void share() {
    for (int i = 0; i < BATCH; i++) {
      device.putShared(Megabytes64.class, aligned).close();
    }
  }

  /** An array, copied. */
  @Benchmark
  public void put() {
    device.put(Megabytes64.class, array).close();
  }

  @TearDown
  public void close() {
    client.close();
  }
}
