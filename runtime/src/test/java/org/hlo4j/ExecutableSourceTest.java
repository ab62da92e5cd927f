package org.hlo4j;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.error.BufferStateException;
import org.hlo4j.type.ElementType;
import org.hlo4j.type.Shape;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compiled programs on disk: each client here is one that a later process would make. */
@Tag("plugins")
final class ExecutableSourceTest {
  private static final Program PROGRAM =
      Program.of(
          """
          func.func @main(%x: tensor<4xf32> {tf.aliasing_output = 1 : i32}, %y: tensor<4xf32>)
              -> (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) {
            %0 = stablehlo.add %x, %y : tensor<4xf32>
            %1 = stablehlo.multiply %x, %y : tensor<4xf32>
            return %0, %1, %y : tensor<4xf32>, tensor<4xf32>, tensor<4xf32>
          }
          """);

  @TempDir private Path folder;

  private record Outcome(List<String> values, int compiled, int loaded, long outputBytes) {}

  /** Compiles and runs the program in a client of its own. */
  private Outcome run(Pjrt.Builder builder) {
    try (Pjrt client = builder.open()) {
      Device device = client.device();
      Shape shape = Shape.of(ElementType.F32, 4);
      Tensor<?> x = device.put(shape, new float[] {1, 2, 3, 4});
      Tensor<?> y = device.put(shape, new float[] {2, 2, 2, 2});
      Executable executable = device.compile(PROGRAM);
      List<DeviceBuffer<?>> outputs = executable.execute(x, y);
      assertThrows(BufferStateException.class, x::toFloatArray);
      return new Outcome(
          outputs.stream().map(DeviceBuffer::toString).toList(),
          client.executables().compiled(),
          client.executables().loaded(),
          executable.statistics().outputBytes());
    }
  }

  private Outcome run() {
    return run(Pjrt.builder().cache(folder));
  }

  private List<Path> entries() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  @Test
  void aLaterProcessLoadsWhatWasCompiled() throws IOException {
    Outcome first = run();
    Outcome later = run();

    assertThat(first.compiled()).isEqualTo(1);
    assertThat(later.compiled()).isEqualTo(0);
    assertThat(later.loaded()).isEqualTo(1);
    assertThat(later.values()).isEqualTo(first.values());
    assertThat(later.outputBytes()).isEqualTo(first.outputBytes());
    assertThat(entries()).hasSize(1);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwx------");
  }

  private static final Program PARTITIONED =
      Program.of(
          """
          module attributes {mhlo.num_partitions = 2 : i32} {
            sdy.mesh @mesh = <["x"=2]>
            func.func @main(%x: tensor<4x2xf32> {sdy.sharding = #sdy.sharding<@mesh, [{"x"}, {}]>})
                -> tensor<2xf32> {
              %zero = stablehlo.constant dense<0.0> : tensor<f32>
              %0 = stablehlo.reduce(%x init: %zero) applies stablehlo.add across dimensions = [0]
                  : (tensor<4x2xf32>, tensor<f32>) -> tensor<2xf32>
              return %0 : tensor<2xf32>
            }
          }
          """);

  private Outcome runOnTwoDevices() {
    try (Pjrt client = Pjrt.builder().cpuDevices(2).cache(folder).open()) {
      Executable executable = client.group(2).compile(PARTITIONED);
      ShardedBuffer<?> x = executable.input(0).put(new float[] {1, 2, 3, 4, 5, 6, 7, 8});
      List<ShardedBuffer<?>> outputs = executable.executeSharded(x);
      return new Outcome(
          List.of(
              Arrays.toString(outputs.get(0).toFloatArray()),
              executable.outputShardings().toString()),
          client.executables().compiled(),
          client.executables().loaded(),
          executable.statistics().outputBytes());
    }
  }

  @Test
  void aProgramForSeveralDevicesIsLoadedAsWell() {
    Outcome first = runOnTwoDevices();
    Outcome later = runOnTwoDevices();

    assertThat(first.values().get(0)).isEqualTo("[16.0, 20.0]");
    assertThat(first.compiled()).isEqualTo(1);
    assertThat(later.loaded()).isEqualTo(1);
    assertThat(later.compiled()).isEqualTo(0);
    assertThat(later.values()).isEqualTo(first.values());
  }

  @Test
  void otherOptionsAreCompiledApart() {
    assertThat(run().compiled()).isEqualTo(1);
    assertThat(run(Pjrt.builder().cache(folder).cpuDevices(3)).compiled()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.3, 0.999})
  void aTruncatedEntryIsCompiledAnewAndReplaced(double kept) throws IOException {
    Outcome first = run();
    Path entry = entries().get(0);
    byte[] whole = Files.readAllBytes(entry);
    Files.write(entry, Arrays.copyOf(whole, (int) (whole.length * kept)));

    assertThat(run().compiled()).isEqualTo(1);
    Outcome later = run();

    assertThat(later.loaded()).isEqualTo(1);
    assertThat(later.values()).isEqualTo(first.values());
  }

  @Test
  void aDamagedEntryIsCompiledAnew() throws IOException {
    run();
    Path entry = entries().get(0);
    byte[] whole = Files.readAllBytes(entry);
    whole[whole.length / 2] ^= 1;
    Files.write(entry, whole);

    Outcome later = run();

    assertThat(later.compiled()).isEqualTo(1);
    assertThat(later.loaded()).isEqualTo(0);
  }

  @Test
  void aFolderThatCannotBeWrittenIsNoCacheAndNoError() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "no folder");

    assertThat(run(Pjrt.builder().cache(file.resolve("below"))).compiled()).isEqualTo(1);
    assertThat(run(Pjrt.builder().cache(file)).compiled()).isEqualTo(1);
    assertThat(Files.readString(file)).isEqualTo("no folder");
  }

  @Test
  void aFolderThatOthersCanWriteToIsNotUsed() throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));

    assertThat(run().compiled()).isEqualTo(1);
    assertThat(entries()).isEmpty();
  }

  @Test
  void withoutItEachProcessCompiles() throws IOException {
    assertThat(run(Pjrt.builder().withoutCache()).compiled()).isEqualTo(1);
    assertThat(run(Pjrt.builder().cache(folder).withoutCache()).compiled()).isEqualTo(1);
    assertThat(entries()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"relative/folder", "of", ""})
  void aSettingThatIsNoneIsRefused(String setting) {
    String before = System.setProperty("hlo4j.cache", setting);
    try {
      assertThat(assertThrows(ArgumentException.class, Pjrt::open))
          .hasMessageThat()
          .isEqualTo(
              "-Dhlo4j.cache must be on, off, or the absolute path of a folder, not '%s'"
                  .formatted(setting));
    } finally {
      restore(before);
    }
  }

  @Test
  void theSettingMayNameAFolder() throws IOException {
    String before = System.setProperty("hlo4j.cache", folder.toString());
    try {
      run(Pjrt.builder());
    } finally {
      restore(before);
    }

    assertThat(entries()).hasSize(1);
  }

  private static void restore(String before) {
    if (before == null) {
      System.clearProperty("hlo4j.cache");
    } else {
      System.setProperty("hlo4j.cache", before);
    }
  }
}
