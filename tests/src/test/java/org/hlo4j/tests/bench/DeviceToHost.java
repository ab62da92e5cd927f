package org.hlo4j.tests.bench;

import java.util.Arrays;
import org.hlo4j.DeviceBuffer;
import org.hlo4j.Pjrt;
import org.hlo4j.TensorView;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** 64 MB from the device. */
@State(Scope.Thread)
public class DeviceToHost {
  private final Pjrt client = Pjrt.open();
  private final float[] target = new float[Megabytes64.SIZE];
  private final DeviceBuffer<Megabytes64> buffer;

  /** With something in each page: all pages that hold nothing may be one. */
  public DeviceToHost() {
    Arrays.fill(target, 1);
    buffer = client.device().put(Megabytes64.class, target);
  }

  /** Into an array that is there. */
  @Benchmark
  public void copyToArray() {
    buffer.copyToArray(target);
  }

  /** As a new array. */
  @Benchmark
  public float[] toFloatArray() {
    return buffer.toFloatArray();
  }

  /** In place. */
  @Benchmark
  public long view() {
    try (TensorView<Megabytes64> view = buffer.view()) {
      return view.segment().byteSize();
    }
  }

  @TearDown
  public void close() {
    client.close();
  }
}
