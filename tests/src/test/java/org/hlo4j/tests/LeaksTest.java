package org.hlo4j.tests;

import static com.google.common.truth.Truth.assertThat;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.hlo4j.Device;
import org.hlo4j.DeviceBuffer;
import org.hlo4j.Pjrt;
import org.junit.jupiter.api.Test;

/** What {@code -Dhlo4j.leaks=report} reports. */
final class LeaksTest {
  /** What another JVM runs: of three tensors it closes one. */
  public static final class Leaking {
    private static final Logger LOGGER = Logger.getLogger("org.hlo4j");

    private Leaking() {}

    /** Prints what was left open, and who made it. */
    public static void main(String[] args) throws InterruptedException {
      CountDownLatch collected = new CountDownLatch(1);
      LOGGER.setUseParentHandlers(false);
      LOGGER.addHandler(printer(collected));
      try (Pjrt client = Pjrt.open()) {
        drop(client.device());
        client.device().put(Vec.class, new float[4]).close();
        do {
          System.gc();
        } while (!collected.await(10, TimeUnit.MILLISECONDS));
        DeviceBuffer<Weights> open = client.device().put(Weights.class, new float[512 * 512]);
        System.out.println("open " + open.shape());
      }
    }

    private static void drop(Device device) {
      DeviceBuffer<Vec> unused = device.put(Vec.class, new float[4]);
    }

    private static Handler printer(CountDownLatch collected) {
      return new Handler() {
        @Override
        public void publish(LogRecord record) {
          System.out.println(record.getMessage());
          for (StackTraceElement frame : record.getThrown().getStackTrace()) {
            System.out.println("  " + frame.getClassName() + "." + frame.getMethodName());
          }
          collected.countDown();
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };
    }
  }

  @Test
  void whatNobodyClosedIsReportedWithTheStackThatMadeIt() throws IOException, InterruptedException {
    String printed =
        ChildJvm.run(Leaking.class, "--enable-native-access=ALL-UNNAMED", "-Dhlo4j.leaks=report");

    String[] parts = printed.split("open tensor<512x512xf32>", 2);
    assertThat(parts[0])
        .containsMatch(
            "Leak: a tensor<4xf32> from the transfer of a tensor<4xf32>, called at .*LeaksTest.*"
                + " was never closed and has become unreachable");
    assertThat(parts[0]).contains("LeaksTest$Leaking.drop");
    assertThat(parts[0].split("Leak: ")).hasLength(2);
    assertThat(parts[1])
        .containsMatch("Leak: a tensor<512x512xf32> .* was still open when its client was closed");
    assertThat(parts[1]).contains("LeaksTest$Leaking.main");
  }

  @Test
  void withoutItNothingIsReported() throws IOException, InterruptedException {
    String printed = ChildJvm.run(Silent.class, "--enable-native-access=ALL-UNNAMED");

    // The JVM may say more, where the surroundings give it options.
    assertThat(printed).endsWith("4\n");
    assertThat(printed).doesNotContain("Leak");
  }

  /** What another JVM runs: it closes nothing. */
  public static final class Silent {
    private Silent() {}

    /** Prints a size. */
    public static void main(String[] args) {
      try (Pjrt client = Pjrt.open()) {
        System.out.println(client.device().put(Vec.class, new float[4]).toFloatArray().length);
      }
    }
  }
}
