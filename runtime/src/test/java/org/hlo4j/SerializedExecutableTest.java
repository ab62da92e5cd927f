package org.hlo4j;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.util.HashMap;
import java.util.Map;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.generated.Kernel;
import org.hlo4j.type.Shape;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("plugins")
final class SerializedExecutableTest {
  private static final String TEXT =
      """
      func.func @main(%x: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
        %0 = stablehlo.add %x, %x : tensor<4xf32>
        return %0, %x : tensor<4xf32>, tensor<4xf32>
      }
      """;

  private final Pjrt first = Pjrt.open();
  private final Pjrt second = Pjrt.open();

  @AfterEach
  void close() {
    first.close();
    second.close();
  }

  private SerializedExecutable serialized() {
    return first.device().compile(Program.of(TEXT)).serialize();
  }

  private static float[] run(Executable executable) {
    Tensor<?> x =
        executable.group().device(0).put(Shape.parse("tensor<4xf32>"), new float[] {1, 2, 3, 4});
    return executable.execute(x).get(0).toFloatArray();
  }

  @Test
  void anotherClientLoadsItInsteadOfCompiling() {
    byte[] bytes = serialized().toByteArray();

    Executable loaded = second.device().load(Program.of(TEXT), SerializedExecutable.of(bytes));

    assertThat(run(loaded)).isEqualTo(new float[] {2, 4, 6, 8});
    assertThat(second.executables().compiled()).isEqualTo(0);
    assertThat(second.executables().loaded()).isEqualTo(1);
    assertThat(run(second.device().compile(Program.of(TEXT)))).isEqualTo(new float[] {2, 4, 6, 8});
    assertThat(second.executables().compiled()).isEqualTo(0);
  }

  @Test
  void anotherProgramsIsRefused() {
    SerializedExecutable other = serialized();
    Program program = Program.of(TEXT.replace("add", "multiply"));

    assertThat(assertThrows(ArgumentException.class, () -> second.device().load(program, other)))
        .hasMessageThat()
        .contains("was compiled from another program than the program, or for another plugin");
  }

  @Test
  void anotherDevicesIsRefused() {
    SerializedExecutable other = serialized();

    assertThrows(ArgumentException.class, () -> second.device(1).load(Program.of(TEXT), other));
  }

  @Test
  void damagedBytesAreRefusedBeforeXlaGetsThem() {
    byte[] bytes = serialized().toByteArray();
    for (int at : new int[] {0, 9, 80, 140, bytes.length - 1}) {
      byte[] damaged = bytes.clone();
      damaged[at] ^= 1;
      assertThrows(
          ArgumentException.class,
          () -> second.device().load(Program.of(TEXT), SerializedExecutable.of(damaged)));
    }
    assertThrows(ArgumentException.class, () -> SerializedExecutable.of(new byte[3]));
    assertThat(second.executables().loaded()).isEqualTo(0);
  }

  private Kernel kernel(Map<String, byte[]> resources) {
    return Kernel.ofText(SerializedExecutableTest.class, "com.acme.Dense.twice", TEXT, "x")
        .compiledAhead(
            name -> {
              byte[] content = resources.get(name);
              return content == null ? null : new ByteArrayInputStream(content);
            });
  }

  private float[] call(Kernel kernel) {
    Tensor<?> x = second.device().put(Shape.parse("tensor<4xf32>"), new float[] {1, 2, 3, 4});
    return kernel.on(second.device()).start(x).promise(0).toFloatArray();
  }

  @Test
  void aKernelTakesAnExecutableThatFits() {
    SerializedExecutable serialized = serialized();
    String name =
        Kernel.executableName("SerializedExecutableTest", "com.acme.Dense.twice", serialized.key());

    assertThat(call(kernel(Map.of(name, serialized.toByteArray()))))
        .isEqualTo(new float[] {2, 4, 6, 8});
    assertThat(second.executables().loaded()).isEqualTo(1);
    assertThat(second.executables().compiled()).isEqualTo(0);
  }

  @Test
  void aKernelCompilesWhereNoneFitsOrItIsDamaged() {
    SerializedExecutable serialized = serialized();
    String name =
        Kernel.executableName("SerializedExecutableTest", "com.acme.Dense.twice", serialized.key());
    byte[] damaged = serialized.toByteArray();
    damaged[200] ^= 1;

    Map<String, byte[]> resources = new HashMap<>(Map.of(name, damaged));
    assertThat(call(kernel(resources))).isEqualTo(new float[] {2, 4, 6, 8});
    assertThat(call(kernel(Map.of()))).isEqualTo(new float[] {2, 4, 6, 8});

    assertThat(second.executables().loaded()).isEqualTo(0);
    assertThat(second.executables().compiled()).isEqualTo(1);
  }

  @Test
  void theStatisticsSayWhatXlaHasMadeOfTheProgram() {
    ExecutableStatistics statistics =
        first
            .device()
            .compile(
                Program.of(
                    """
                    func.func @main(%x: tensor<8xf32> {tf.aliasing_output = 0 : i32})
                        -> (tensor<8xf32>, tensor<f32>) {
                      %0 = stablehlo.negate %x : tensor<8xf32>
                      %zero = stablehlo.constant dense<0.0> : tensor<f32>
                      %1 = stablehlo.reduce(%0 init: %zero) applies stablehlo.add across
                          dimensions = [0] : (tensor<8xf32>, tensor<f32>) -> tensor<f32>
                      return %0, %1 : tensor<8xf32>, tensor<f32>
                    }
                    """))
            .statistics();

    assertThat(statistics.argumentBytes()).isEqualTo(32);
    assertThat(statistics.aliasedBytes()).isEqualTo(32);
    assertThat(statistics.operations().keySet()).containsAtLeast("parameter", "negate", "reduce");
    assertThat(statistics.copies()).isEqualTo(statistics.operations().getOrDefault("copy", 0));
  }
}
