package org.hlo4j.tests;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hlo4j.Device;
import org.hlo4j.DeviceBuffer;
import org.hlo4j.Executable;
import org.hlo4j.Pjrt;
import org.hlo4j.Program;
import org.hlo4j.Tensor;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.error.BufferStateException;
import org.hlo4j.error.CompilationException;
import org.hlo4j.error.InsufficientMemoryException;
import org.hlo4j.error.PluginException;
import org.hlo4j.type.Shape;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every refusal: what is asked, and the whole of what is answered. */
@Tag("plugins")
final class RefusalTest {
  private final Device device = Plugin.device();
  private final Arithmetic sync = ArithmeticKernels.sync(device);
  private final DeviceBuffer<Vec> vec = device.put(Vec.class, new float[] {1, 2, 3, 4});

  @TempDir Path folder;

  /** What raw types can do to the checks of javac. */
  @SuppressWarnings({"unchecked", "rawtypes"})
  private static Tensor<Vec> disguised(Tensor<?> tensor) {
    return (Tensor) tensor;
  }

  @Test
  void anotherElementTypeOfTheSameSize() {
    Tensor<Ints> ints = device.put(Ints.class, new int[4]);

    ArgumentException refused =
        assertThrows(ArgumentException.class, () -> sync.add(vec, disguised(ints)));

    assertThat(refused)
        .hasMessageThat()
        .isEqualTo(
            "org.hlo4j.tests.Arithmetic.add: argument y takes a tensor<4xf32>, not a"
                + " tensor<4xi32>");
  }

  @Test
  void anotherShapeOfTheSameSize() {
    Tensor<?> square = device.put(Shape.parse("tensor<2x2xf32>"), new float[4]);

    ArgumentException refused =
        assertThrows(ArgumentException.class, () -> sync.add(disguised(square), vec));

    assertThat(refused)
        .hasMessageThat()
        .isEqualTo(
            "org.hlo4j.tests.Arithmetic.add: argument x takes a tensor<4xf32>, not a"
                + " tensor<2x2xf32>");
  }

  @Test
  void anotherNumberOfArguments() {
    Executable executable =
        device.compile(
            Program.of(
                    """
                    func.func @main(%a: tensor<f32>) -> tensor<f32> {
                      return %a : tensor<f32>
                    }
                    """)
                .named("identity"));

    ArgumentException refused = assertThrows(ArgumentException.class, executable::execute);

    assertThat(refused).hasMessageThat().isEqualTo("identity takes 1 arguments, not 0");
  }

  @Test
  @SuppressWarnings("NullAway") // The point of the test.
  void nothingInPlaceOfATensor() {
    ArgumentException refused = assertThrows(ArgumentException.class, () -> sync.add(vec, null));

    assertThat(refused)
        .hasMessageThat()
        .isEqualTo("org.hlo4j.tests.Arithmetic.add: argument y is null");
  }

  @Test
  void aTensorOnAnotherDevice() {
    Tensor<Vec> elsewhere = Plugin.client().device(1).put(Vec.class, new float[4]);

    ArgumentException refused =
        assertThrows(ArgumentException.class, () -> sync.add(vec, elsewhere));

    assertThat(refused)
        .hasMessageThat()
        .isEqualTo("org.hlo4j.tests.Arithmetic.add runs on cpu:0, but argument y is on cpu:1");
  }

  @Test
  void aTensorOfAnotherClient() {
    try (Pjrt other = Pjrt.open()) {
      Tensor<Vec> foreign = other.device().put(Vec.class, new float[4]);

      ArgumentException refused =
          assertThrows(ArgumentException.class, () -> sync.add(foreign, vec));

      assertThat(refused)
          .hasMessageThat()
          .isEqualTo(
              "org.hlo4j.tests.Arithmetic.add runs on cpu:0, but argument x is on cpu:0 of"
                  + " another client");
    }
  }

  @Test
  void aDeviceThatIsNotThere() {
    ArgumentException refused =
        assertThrows(ArgumentException.class, () -> Plugin.client().device(2));

    assertThat(refused).hasMessageThat().isEqualTo("There is no device 2; the cpu client has 2");
    assertThrows(ArgumentException.class, () -> Pjrt.builder().cpuDevices(0));
    assertThrows(ArgumentException.class, () -> Pjrt.builder().option("cpu_device_count", -1));
  }

  @Test
  void aClosedBuffer() {
    DeviceBuffer<Vec> x = device.put(Vec.class, new float[4]);
    x.close();
    x.close();

    BufferStateException refused = assertThrows(BufferStateException.class, () -> sync.add(vec, x));

    assertThat(refused)
        .hasMessageThat()
        .contains(
            "org.hlo4j.tests.Arithmetic.add: argument y: The tensor<4xf32> from the transfer of a"
                + " tensor<4xf32>, called at org.hlo4j.tests.RefusalTest.aClosedBuffer(");
    assertThat(refused).hasMessageThat().endsWith(" was closed");
    assertThrows(BufferStateException.class, x::toFloatArray);
    assertThrows(BufferStateException.class, x::toFloatArrayAsync);
  }

  @Test
  void anythingOfAClosedClient() {
    Pjrt client = Pjrt.open();
    Device closed = client.device();
    DeviceBuffer<Vec> x = closed.put(Vec.class, new float[4]);
    Arithmetic kernels = ArithmeticKernels.sync(closed);
    DeviceBuffer<Vec> sum = kernels.add(x, x);
    client.close();
    client.close();

    assertThat(client.isClosed()).isTrue();
    assertThat(x.isClosed()).isTrue();
    assertThrows(BufferStateException.class, () -> kernels.add(x, x));
    assertThrows(BufferStateException.class, sum::toFloatArray);
    BufferStateException put =
        assertThrows(BufferStateException.class, () -> closed.put(Vec.class, new float[4]));
    assertThat(put).hasMessageThat().startsWith("The client of ");
    assertThat(put).hasMessageThat().endsWith(" was closed");
    sum.close();
  }

  @Test
  void aClosedExecutable() {
    Executable executable =
        device.compile(
            Program.of(
                    """
                    func.func @main(%a: tensor<4xf32>) -> tensor<4xf32> {
                      %0 = stablehlo.negate %a : tensor<4xf32>
                      return %0 : tensor<4xf32>
                    }
                    """)
                .named("negate"));
    executable.close();
    executable.close();

    BufferStateException refused =
        assertThrows(BufferStateException.class, () -> executable.execute(vec));

    assertThat(refused).hasMessageThat().isEqualTo("The executable of negate was closed");
    assertThat(device.compile(executable.program()).execute(vec).get(0).toArray())
        .isEqualTo(new float[] {-1, -2, -3, -4});
  }

  @Test
  void aProgramThatXlaRejectsShowsItsLine() {
    Program program =
        Program.of(
                """
                func.func @main(%x: tensor<4xf32>) -> tensor<4xf32> {
                  %0 = stablehlo.add %x, %x : tensor<4xf32>
                  %1 = stablehlo.nonsense %0 : tensor<4xf32>
                  return %1 : tensor<4xf32>
                }
                """)
            .named("Broken.kernel");

    CompilationException refused =
        assertThrows(CompilationException.class, () -> device.compile(program));

    assertThat(refused).hasMessageThat().startsWith("XLA rejects Broken.kernel, line 3, column ");
    assertThat(refused)
        .hasMessageThat()
        .contains("\n  %1 = stablehlo.nonsense %0 : tensor<4xf32>\n       ^");
    assertThat(refused).hasCauseThat().isInstanceOf(CompilationException.class);
  }

  @Test
  void anOperationOfANewerStablehloIsToldWithThePluginsVersion() {
    Program program =
        Program.of(
            """
            func.func @main(%x: tensor<4xf32>) -> tensor<4xf32> {
              %0 = "stablehlo.nonsense"(%x) : (tensor<4xf32>) -> tensor<4xf32>
              return %0 : tensor<4xf32>
            }
            """);

    assertThat(assertThrows(CompilationException.class, () -> device.compile(program)))
        .hasMessageThat()
        .containsMatch("the plugin's StableHLO \\d+\\.\\S+ has no operation stablehlo.nonsense: ");
  }

  @Test
  void componentsOfRecordsAreNamed() {
    DeviceBuffer<Vec> values = device.put(Vec.class, new float[] {1, 2, 3, 4});
    DeviceBuffer<Scalar> weight = device.put(Scalar.class, 2f);
    weight.close();

    assertThat(
            assertThrows(
                BufferStateException.class, () -> sync.scale(new Weighted(values, weight))))
        .hasMessageThat()
        .startsWith("org.hlo4j.tests.Arithmetic.scale: argument input.weight: ");
  }

  @Test
  void aProgramWithoutAMain() {
    CompilationException refused =
        assertThrows(
            CompilationException.class, () -> Program.of("func.func @other() {\n  return\n}\n"));

    assertThat(refused)
        .hasMessageThat()
        .isEqualTo(
            """
            line 1, column 1: there is no function @main, a program's entry point
            func.func @other() {
            ^\
            """);
  }

  @Test
  void aMainWithoutABody() {
    CompilationException refused =
        assertThrows(
            CompilationException.class,
            () -> Program.of("func.func private @main(tensor<f32>) -> tensor<f32>"));

    assertThat(refused).hasMessageThat().startsWith("line 1, column 1: @main has no body");
  }

  @Test
  void aliasingOntoAnotherType() {
    CompilationException refused =
        assertThrows(
            CompilationException.class,
            () ->
                Program.of(
                    """
                    func.func @main(%x: tensor<4xf32> {tf.aliasing_output = 0 : i32})
                        -> tensor<4xi32> {
                      %0 = stablehlo.convert %x : (tensor<4xf32>) -> tensor<4xi32>
                      return %0 : tensor<4xi32>
                    }
                    """));

    assertThat(refused)
        .hasMessageThat()
        .startsWith(
            "line 1, column 36: %x is a tensor<4xf32> and cannot become output 0, which is a"
                + " tensor<4xi32>\n");
  }

  @Test
  void typesThatEndTheProcess() {
    for (String type :
        new String[] {"tensor<4294967296x4294967296xf32>", "tensor<4xf6E2M3FN>", "tensor<?xf32>"}) {
      assertThrows(
          CompilationException.class,
          () ->
              Program.of("func.func @main(%x: T) -> T {\n  return %x : T\n}\n".replace("T", type)),
          type);
    }
  }

  @Test
  void aResultThatCannotFitIntoMemory() {
    Executable executable =
        device.compile(
            Program.of(
                    """
                    func.func @main(%x: tensor<f32>) -> tensor<1000000x1000000xf32> {
                      %0 = stablehlo.broadcast_in_dim %x, dims = []
                          : (tensor<f32>) -> tensor<1000000x1000000xf32>
                      return %0 : tensor<1000000x1000000xf32>
                    }
                    """)
                .named("huge"));
    DeviceBuffer<Scalar> x = device.put(Scalar.class, new float[] {1});

    InsufficientMemoryException refused =
        assertThrows(InsufficientMemoryException.class, () -> executable.execute(x));

    assertThat(refused)
        .hasMessageThat()
        .startsWith("huge needs 4,000,000,000,000 bytes for its results and temporaries, and");
  }

  @Test
  @SuppressWarnings("hlo4j") // Using what is spent is what is tested.
  void aBufferThatOneCallWouldBothTakeAwayAndRead() {
    DeviceBuffer<Vec> x = device.put(Vec.class, new float[] {1, 2, 3, 4});

    ArgumentException refused = assertThrows(ArgumentException.class, () -> sync.addInto(x, x));

    assertThat(refused)
        .hasMessageThat()
        .isEqualTo(
            "org.hlo4j.tests.Arithmetic.addInto: argument x is donated, and the same buffer is"
                + " argument y as well");
    assertThat(sync.addInto(x, vec).toFloatArray()).isEqualTo(new float[] {2, 4, 6, 8});
  }

  @Test
  void aPluginThatIsNotThere() {
    Path missing = folder.resolve("missing.so");

    PluginException refused =
        assertThrows(PluginException.class, () -> Pjrt.builder().plugin(missing).open());

    assertThat(refused).hasMessageThat().contains(missing.toString());
  }

  @Test
  void aFileThatIsNoLibrary() throws IOException {
    Path text = Files.writeString(folder.resolve("text.so"), "no library");

    PluginException refused =
        assertThrows(PluginException.class, () -> Pjrt.builder().plugin(text).open());

    assertThat(refused).hasMessageThat().contains("text.so cannot be loaded");
  }

  @Test
  void aLibraryThatIsNoPlugin() {
    Path libjava = Path.of(System.getProperty("java.home"), "lib", System.mapLibraryName("java"));

    PluginException refused =
        assertThrows(PluginException.class, () -> Pjrt.builder().plugin(libjava).open());

    assertThat(refused)
        .hasMessageThat()
        .endsWith("is no PJRT plugin: it exports no function GetPjrtApi");
  }
}
