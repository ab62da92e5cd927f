package org.hlo4j.tests.bench;

import java.util.Arrays;
import org.hlo4j.BufferPromise;
import org.hlo4j.DeviceBuffer;
import org.hlo4j.Pjrt;
import org.hlo4j.Tensor;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Training steps that write the parameters in place, each started before the last one ends. */
@State(Scope.Thread)
public class Training {
  static final int STEPS = 20;

  private final Pjrt client = Pjrt.open();
  private final TimedAsync async = TimedKernels.async(client.device());
  private Tensor<Parameters> parameters;

  /** Starts with parameters that are half of what they are trained to be. */
  public Training() {
    float[] values = new float[Parameters.SIZE];
    Arrays.fill(values, 0.5f);
    parameters = client.device().put(Parameters.class, values);
  }

  /** The steps, and the wait for the last one. */
  @Benchmark
  @OperationsPerInvocation(STEPS)
  public DeviceBuffer<Parameters> train() {
    BufferPromise<Parameters> last = async.train(parameters);
    for (int i = 1; i < STEPS; i++) {
      last = async.train(last);
    }
    parameters = last;
    return last.value();
  }

  @TearDown
  public void close() {
    client.close();
  }
}
