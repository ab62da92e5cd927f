package org.hlo4j.tests.bench;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hlo4j.DeviceBuffer;
import org.hlo4j.Executable;
import org.hlo4j.Pjrt;
import org.hlo4j.Program;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Calls of a kernel with 500 inputs, each a buffer of its own. */
@State(Scope.Thread)
public class ManyInputs {
  private static final int INPUTS = 500;
  private static final int BATCH = 5;

  private final Pjrt client = Pjrt.open();
  private final Executable sum = client.device().compile(Program.of(text()));
  private final DeviceBuffer<?>[] inputs =
      IntStream.range(0, INPUTS)
          .mapToObj(i -> client.device().put(Quad.class, new float[] {1, 2, 3, i}))
          .toArray(DeviceBuffer<?>[]::new);

  private static String text() {
    StringBuilder text = new StringBuilder("func.func @main(");
    text.append(
        IntStream.range(0, INPUTS)
            .mapToObj(i -> "%a" + i + ": tensor<4xf32>")
            .collect(Collectors.joining(", ")));
    text.append(") -> tensor<4xf32> {\n  %s0 = stablehlo.add %a0, %a1 : tensor<4xf32>\n");
    for (int i = 2; i < INPUTS; i++) {
      text.append(
          String.format(
              Locale.ROOT,
              "  %%s%d = stablehlo.add %%s%d, %%a%d : tensor<4xf32>\n",
              i - 1,
              i - 2,
              i));
    }
    return text.append("  return %s").append(INPUTS - 2).append(" : tensor<4xf32>\n}\n").toString();
  }

  /** Calls, each result released. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public void sum() {
    for (int i = 0; i < BATCH; i++) {
      sum.start(inputs).promise(0).close();
    }
  }

  @TearDown
  public void close() {
    client.close();
  }
}
