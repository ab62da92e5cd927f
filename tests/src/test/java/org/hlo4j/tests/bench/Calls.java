package org.hlo4j.tests.bench;

import org.hlo4j.DeviceBuffer;
import org.hlo4j.Pjrt;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Calls of a generated async stub whose kernel does next to nothing. */
@State(Scope.Thread)
public class Calls {
  private static final int BATCH = 200;

  private final Pjrt client = Pjrt.open();
  private final TimedAsync async = TimedKernels.async(client.device());
  private final DeviceBuffer<Quad> x = client.device().put(Quad.class, new float[] {1, 2, 3, 4});
  private final DeviceBuffer<Quad> y = client.device().put(Quad.class, new float[] {5, 6, 7, 8});

  /** Calls, each result released. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public void add() {
    for (int i = 0; i < BATCH; i++) {
      async.add(x, y).close();
    }
  }

  @TearDown
  public void close() {
    client.close();
  }
}
