package org.hlo4j;

import static com.google.common.truth.Truth.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.hlo4j.type.ElementType;
import org.hlo4j.type.Shape;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a recording of the JDK's Flight Recorder shows. */
final class FlightRecorderTest {
  private static final Shape SHAPE = Shape.of(ElementType.F32, 300, 300);
  private static final long BYTES = 300 * 300 * 4;
  private static final Program PROGRAM =
      Program.of(
              """
              func.func @main(%x: tensor<300x300xf32> {tf.aliasing_output = 0 : i32})
                  -> tensor<300x300xf32> {
                %0 = stablehlo.dot_general %x, %x, contracting_dims = [1] x [0]
                    : (tensor<300x300xf32>, tensor<300x300xf32>) -> tensor<300x300xf32>
                %1 = stablehlo.dot_general %0, %x, contracting_dims = [1] x [0]
                    : (tensor<300x300xf32>, tensor<300x300xf32>) -> tensor<300x300xf32>
                return %1 : tensor<300x300xf32>
              }
              """)
          .named("Chain.step");

  @TempDir private Path folder;
  private List<RecordedEvent> events = List.of();

  @BeforeEach
  void record() throws IOException {
    record(FlightRecorderTest::work);
  }

  private void record(Runnable work) throws IOException {
    Path file = folder.resolve("recording.jfr");
    try (Recording recording = new Recording()) {
      for (String event : List.of("Compile", "Execute", "Donation", "Transfer", "Wait")) {
        recording.enable("org.hlo4j." + event).withoutThreshold();
      }
      recording.start();
      work.run();
      recording.dump(file);
    }
    events = RecordingFile.readAllEvents(file);
  }

  private static void work() {
    try (Pjrt client = Pjrt.builder().withoutCache().open()) {
      Device device = client.device();
      Executable executable = device.compile(PROGRAM);
      DeviceBuffer<?> x = device.put(SHAPE, new float[300 * 300]);
      DeviceBuffer<?> kept = executable.execute(x.retained()).get(0);
      float[] unused = executable.start(x).promise(0).toFloatArray();
      kept.close();
    }
  }

  private List<RecordedEvent> of(String name) {
    return events.stream()
        .filter(event -> event.getEventType().getName().equals("org.hlo4j." + name))
        .toList();
  }

  @Test
  void compilationsNameTheirKernel() {
    RecordedEvent compile = of("Compile").get(0);

    assertThat(compile.getString("kernel")).isEqualTo("Chain.step");
    assertThat(compile.getString("device")).isEqualTo("cpu:0");
    assertThat(compile.getLong("bytes")).isEqualTo(PROGRAM.text().length());
    assertThat(compile.getBoolean("loaded")).isFalse();
    assertThat(compile.getDuration().toNanos()).isGreaterThan(0);
  }

  @Test
  void callsShowTheirBytesAndTheLineThatMadeThem() {
    assertThat(of("Execute")).hasSize(2);
    RecordedEvent execute = of("Execute").get(0);

    assertThat(execute.getString("kernel")).isEqualTo("Chain.step");
    assertThat(execute.getLong("argumentBytes")).isEqualTo(BYTES);
    assertThat(execute.getLong("resultBytes")).isEqualTo(BYTES);
    assertThat(
            execute.getStackTrace().getFrames().stream()
                .map(frame -> frame.getMethod().getType().getName())
                .toList())
        .contains(FlightRecorderTest.class.getName());
  }

  @Test
  void donationsTellWhetherTheMemoryWasTaken() {
    assertThat(of("Donation").stream().map(event -> event.getBoolean("taken")).toList())
        .containsExactly(false, true)
        .inOrder();
    assertThat(of("Donation").get(1).getString("argument")).isEqualTo("x");
    assertThat(of("Donation").get(1).getLong("bytes")).isEqualTo(BYTES);
  }

  @Test
  void transfersShowTheirBytesAndDirection() {
    assertThat(of("Transfer").stream().map(event -> event.getBoolean("toDevice")).toList())
        .containsExactly(true, false)
        .inOrder();
    assertThat(of("Transfer").stream().map(event -> event.getLong("bytes")).toList())
        .containsExactly(BYTES, BYTES);
  }

  @Test
  void waitsSayWhatFor() {
    assertThat(of("Wait").stream().map(event -> event.getString("subject")).toList())
        .contains("compiling Chain.step");
  }

  private static void workOnTwoDevices() {
    Program program = Program.of(PROGRAM.text(), 2, 1).named("Chain.step");
    try (Pjrt client = Pjrt.builder().cpuDevices(2).withoutCache().open()) {
      Executable executable = client.group(2).compile(program);
      Sharded<?> x = executable.input(0).put(new float[300 * 300]);
      ShardedBuffer<?> kept = executable.executeSharded(x.retained()).get(0);
      List<float[]> unused = executable.executeSharded(x).get(0).toArrays(float[].class);
      kept.close();
    }
  }

  @Test
  void callsOnSeveralDevicesAreRecordedAsWell() throws IOException {
    record(FlightRecorderTest::workOnTwoDevices);

    assertThat(of("Execute").stream().map(event -> event.getString("device")).toList())
        .containsExactly("[cpu:0, cpu:1]", "[cpu:0, cpu:1]");
    assertThat(of("Donation").stream().map(event -> event.getBoolean("taken")).toList())
        .containsExactly(false, false, true, true)
        .inOrder();
    assertThat(of("Donation").stream().map(event -> event.getString("device")).toList())
        .containsExactly("cpu:0", "cpu:1", "cpu:0", "cpu:1")
        .inOrder();
    assertThat(of("Transfer").stream().map(event -> event.getBoolean("toDevice")).toList())
        .containsExactly(true, true, false, false)
        .inOrder();
    assertThat(of("Transfer").stream().map(event -> event.getString("device")).toList())
        .containsExactly("cpu:0", "cpu:1", "cpu:0", "cpu:1")
        .inOrder();
  }
}
