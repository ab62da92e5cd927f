package org.hlo4j;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.hlo4j.error.CompilationException;
import org.hlo4j.generated.Kernel;
import org.hlo4j.type.ElementType;
import org.hlo4j.type.Shape;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class CompilationsTest {
  private static final String ADD =
      """
      func.func @main(%x: tensor<4xf32>, %y: tensor<4xf32>) -> tensor<4xf32> {
        %0 = stablehlo.add %x, %y : tensor<4xf32>
        return %0 : tensor<4xf32>
      }
      """;

  private final Pjrt client = Pjrt.open();

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  void sixteenThreadsThatMakeTheFirstCallAtOnceCompileOnce() throws Exception {
    Device device = client.device();
    Kernel kernel = Kernel.ofText(CompilationsTest.class, "Add.add", ADD, "x", "y");
    Tensor<?> x = device.put(Shape.of(ElementType.F32, 4), new float[] {1, 2, 3, 4});
    CountDownLatch go = new CountDownLatch(1);
    List<Future<float[]>> sums = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
      for (int i = 0; i < 16; i++) {
        sums.add(
            threads.submit(
                () -> {
                  go.await();
                  return kernel.on(device).start(x, x).promise(0).toFloatArray();
                }));
      }
      go.countDown();
      for (Future<float[]> sum : sums) {
        assertThat(sum.get()).isEqualTo(new float[] {2, 4, 6, 8});
      }
    }

    assertThat(client.executables().compiled()).isEqualTo(1);
  }

  @Test
  void equalProgramsShareAnExecutableUnderTheirOwnNames() {
    Executable one = client.device().compile(Program.of(ADD).named("one"));
    Executable other = client.device().compile(Program.of(ADD).named("other"));

    assertThat(client.executables().compiled()).isEqualTo(1);
    assertThat(one.toString()).isEqualTo("one on cpu:0");
    assertThat(other.toString()).isEqualTo("other on cpu:0");
  }

  @Test
  void eachDeviceHasItsOwnExecutable() {
    client.device(0).compile(Program.of(ADD));
    client.device(1).compile(Program.of(ADD));

    assertThat(client.executables().compiled()).isEqualTo(2);
  }

  @Test
  void aFailedCompilationIsTriedAgain() {
    Program wrong = Program.of(ADD.replace("stablehlo.add", "stablehlo.nonsense"));

    assertThrows(CompilationException.class, () -> client.device().compile(wrong));
    assertThrows(CompilationException.class, () -> client.device().compile(wrong));

    assertThat(client.executables().compiled()).isEqualTo(2);
  }

  @Test
  void aClosedExecutableIsCompiledAnew() {
    client.device().compile(Program.of(ADD)).close();
    client.device().compile(Program.of(ADD));

    assertThat(client.executables().compiled()).isEqualTo(2);
  }

  @Test
  void theDynamicApiTellsInputsAndOutputs() {
    Executable executable = client.device().compile(Program.of(ADD));

    assertThat(executable.inputs().toString()).isEqualTo("[x: tensor<4xf32>, y: tensor<4xf32>]");
    assertThat(executable.outputs().toString()).isEqualTo("[0: tensor<4xf32>]");
  }
}
