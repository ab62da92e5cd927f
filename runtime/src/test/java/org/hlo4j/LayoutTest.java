package org.hlo4j;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.hlo4j.error.CompilationException;
import org.hlo4j.internal.buffer.BufferState;
import org.hlo4j.internal.buffer.CallSite;
import org.hlo4j.internal.pjrt.BufferHandle;
import org.hlo4j.internal.pjrt.CallFrame;
import org.hlo4j.internal.pjrt.ExecutableHandle;
import org.hlo4j.internal.pjrt.proto.CompileOptions;
import org.hlo4j.type.Shape;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Elements are row-major for the host, whatever a program asks for. */
final class LayoutTest {
  private static final Shape SHAPE = Shape.parse("tensor<2x3xf32>");
  private static final float[] DATA = {1, 2, 3, 4, 5, 6};
  private static final float[] TWICE = {2, 4, 6, 8, 10, 12};
  private static final String COLUMN_MAJOR = " {mhlo.layout_mode = \"{0,1}\"}";

  private final Pjrt client = Pjrt.open();
  private final Device device = client.device();

  @AfterEach
  void close() {
    client.close();
  }

  private static String program(String inputLayout, String outputLayout) {
    return """
    func.func @main(%%x: tensor<2x3xf32>%s) -> (tensor<2x3xf32>%s) {
      %%0 = stablehlo.add %%x, %%x : tensor<2x3xf32>
      return %%0 : tensor<2x3xf32>
    }
    """
        .formatted(inputLayout, outputLayout);
  }

  @Test
  void aProgramThatAsksForColumnMajorInputsAndOutputsGetsAndGivesTheSameNumbers() {
    for (String input : new String[] {"", COLUMN_MAJOR}) {
      for (String output : new String[] {"", COLUMN_MAJOR}) {
        Executable executable = device.compile(Program.of(program(input, output)));

        Tensor<?> result = executable.execute(device.put(SHAPE, DATA)).get(0);
        Tensor<?> again = executable.execute(result).get(0);

        assertThat(result.toFloatArray()).isEqualTo(TWICE);
        assertThat(result.toFloatArrayAsync().value()).isEqualTo(TWICE);
        assertThat(again.toFloatArray()).isEqualTo(new float[] {4, 8, 12, 16, 20, 24});
      }
    }
  }

  @Test
  void aBufferThatIsNotRowMajorIsReadAsIfItWere() {
    DeviceBuffer<?> columns = columnMajor();

    assertThat(columns.toFloatArray()).isEqualTo(TWICE);
    assertThat(columns.toFloatArrayAsync().value()).isEqualTo(TWICE);
    assertThat(columns.toHostTensor().toArray(float[].class)).isEqualTo(TWICE);
    assertThat(columns.toString()).endsWith("[[ 2.  4.  6.]\n [ 8. 10. 12.]]");
    try (TensorView<?> view = columns.view()) {
      assertThat(view.isZeroCopy()).isFalse();
      assertThat(view.toArray(float[].class)).isEqualTo(TWICE);
    }
  }

  /** What XLA makes of the text itself: hlo4j would not let the attribute through. */
  private DeviceBuffer<?> columnMajor() {
    byte[] code =
        "module {%s}"
            .formatted(program(" {mhlo.layout_mode = \"default\"}", COLUMN_MAJOR))
            .getBytes(StandardCharsets.UTF_8);
    ExecutableHandle executable =
        client
            .context()
            .handle()
            .compile(code, "mlir", CompileOptions.forDevice(device.context().handle().id(), "cpu"));
    DeviceBuffer<?> input = device.put(SHAPE, DATA);
    BufferHandle entered = input.state().retainHandle();
    assertThat(executable.tryRetain()).isTrue();
    CallFrame frame = executable.newFrame(1, 1);
    frame.pass(0, 0, entered);
    frame.launch(null);
    BufferHandle output = frame.takeOutput(0);
    executable.release();
    entered.release();
    return new DeviceBuffer<>(
        BufferState.adopt(output, SHAPE, device.context(), CallSite.unknown("a test")), device);
  }

  private static byte[] bytecode(String name) throws IOException {
    try (InputStream in = LayoutTest.class.getResourceAsStream(name + ".mlirbc")) {
      if (in == null) {
        throw new AssertionError("there is no " + name);
      }
      return in.readAllBytes();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"column_major_input", "column_major_output"})
  void bytecodeThatAsksForAnotherLayoutIsRefused(String name) throws IOException {
    Program program =
        Program.ofBytecode(bytecode(name), "(%x: tensor<2x3xf32>) -> tensor<2x3xf32>");

    CompilationException refused =
        assertThrows(CompilationException.class, () -> device.compile(program));

    assertThat(refused).hasMessageThat().contains("an input or output that is not row-major");
  }

  @Test
  void bytecodeThatAsksForTheDefaultRuns() throws IOException {
    Program program =
        Program.ofBytecode(bytecode("default_layouts"), "(%x: tensor<2x3xf32>) -> tensor<2x3xf32>");

    Tensor<?> result = device.compile(program).execute(device.put(SHAPE, DATA)).get(0);

    assertThat(result.toFloatArray()).isEqualTo(TWICE);
  }
}
