package org.hlo4j.tests;

import static com.google.common.truth.Truth.assertThat;

import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.hlo4j.Device;
import org.hlo4j.DeviceBuffer;
import org.hlo4j.Executable;
import org.hlo4j.HostTensor;
import org.hlo4j.Pjrt;
import org.hlo4j.Program;
import org.hlo4j.Sharding;
import org.hlo4j.type.ElementType;
import org.hlo4j.type.Shape;
import org.junit.jupiter.api.Test;

/**
 * Tensors that nobody closes hold about as much memory as the limit says, however they were made
 * and however fast; a limit of a control group needs privileges, so that the limit is set here.
 */
final class UnclosedTensorsTest {
  private static final long MIB = 1 << 20;
  private static final long LIMIT = 128 * MIB;

  /** The JVM, XLA, what the limit allows, and what malloc wastes of it; unbounded, it is 8 GiB. */
  private static final long BOUND = 1024 * MIB;

  private static final Shape SHAPE = Shape.of(ElementType.F32, 1 << 20);
  private static final int TIMES = 250;

  /** How many actions may wait for a thread of their own. */
  private static final int ACTIONS = 8;

  private static List<String> run(Class<?> program, String... more)
      throws IOException, InterruptedException {
    List<String> options =
        new ArrayList<>(
            List.of(
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx256m",
                "-Dhlo4j.collectAt.bytes=" + LIMIT));
    options.addAll(List.of(more));
    return ChildJvm.run(program, options.toArray(String[]::new)).lines().toList();
  }

  private static long peakOf(List<String> lines) {
    String last = lines.getLast();
    assertThat(last).startsWith("peak ");
    return Long.parseLong(last.substring("peak ".length()));
  }

  /** Makes a gigabyte of tensors in each way that there is, and drops them. */
  public static final class Dropping {
    private static final String NEGATE =
        """
        func.func @main(%x: tensor<1048576xf32>) -> tensor<1048576xf32> {
          %0 = stablehlo.negate %x : tensor<1048576xf32>
          return %0 : tensor<1048576xf32>
        }
        """;

    private Dropping() {}

    /** Prints the most bytes that were ever resident. */
    public static void main(String[] args) throws IOException {
      try (Pjrt client = Pjrt.builder().cpuDevices(2).open()) {
        Device device = client.device();
        Executable negate = device.compile(Program.of(NEGATE));
        float[] data = new float[1 << 20];
        DeviceBuffer<?> x = device.put(SHAPE, data);
        times(() -> negate.execute(x));
        times(() -> negate.executeAsync(x));
        // An action that has not run yet has its tensor, which is in use until then.
        Semaphore actions = new Semaphore(ACTIONS);
        times(
            () -> {
              actions.acquireUninterruptibly();
              negate.executeAsync(x).get(0).onReady((value, thrown) -> actions.release());
            });
        times(
            () -> {
              actions.acquireUninterruptibly();
              var unused =
                  negate
                      .executeAsync(x)
                      .get(0)
                      .toCompletableFuture()
                      .whenComplete((value, thrown) -> actions.release());
            });
        times(() -> device.start(Program.of(NEGATE), x));
        times(() -> device.putAsync(SHAPE, data));
        times(x::toHostTensor);
        times(x::toHostTensorAsync);
        times(x::toFloatArrayAsync);
        times(() -> HostTensor.allocate(SHAPE));
        times(() -> x.copyToAsync(client.device(1)));
        times(x::view);
        var onBoth = client.group(2).putAsync(SHAPE, Sharding.replicated(1), data);
        var negateOnBoth = client.group(2).compile(Program.of(NEGATE, 2, 1));
        times(() -> negateOnBoth.executeShardedAsync(onBoth));
      }
      System.out.println("peak " + peak());
    }

    private static void times(Runnable maker) {
      for (int i = 0; i < TIMES; i++) {
        maker.run();
      }
    }

    private static long peak() throws IOException {
      return Files.readAllLines(Path.of("/proc/self/status")).stream()
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
          .findFirst()
          .orElseThrow();
    }
  }

  @Test
  void droppedTensorsStayNearTheLimit() throws IOException, InterruptedException {
    assertThat(peakOf(run(Dropping.class))).isLessThan(BOUND);
  }

  @Test
  void otherCollectorsKeepToTheLimitAsWell() throws IOException, InterruptedException {
    assertThat(peakOf(run(Dropping.class, "-XX:+UseSerialGC"))).isLessThan(BOUND);
    assertThat(peakOf(run(Dropping.class, "-XX:+UseZGC"))).isLessThan(BOUND);
  }

  @Test
  void disabledExplicitCollectionsAreReportedOnceAndMemoryStaysBounded()
      throws IOException, InterruptedException {
    List<String> lines = run(Dropping.class, "-XX:+DisableExplicitGC");

    assertThat(lines.stream().filter(line -> line.contains("System.gc() has no effect")).count())
        .isEqualTo(1);
    assertThat(peakOf(lines)).isLessThan(BOUND);
  }

  /** Keeps less than the limit, many times. */
  public static final class BelowTheLimit {
    private BelowTheLimit() {}

    private static long collections() {
      return ManagementFactory.getGarbageCollectorMXBeans().stream()
          .mapToLong(GarbageCollectorMXBean::getCollectionCount)
          .sum();
    }

    /** Prints how often the JVM has collected meanwhile. */
    public static void main(String[] args) {
      try (Pjrt client = Pjrt.open()) {
        float[] data = new float[1 << 20];
        long before = collections();
        for (int i = 0; i < TIMES; i++) {
          List<DeviceBuffer<?>> open = new ArrayList<>();
          for (int j = 0; j < 20; j++) {
            open.add(client.device().put(SHAPE, data));
          }
          open.forEach(DeviceBuffer::close);
        }
        System.out.println("collections " + (collections() - before));
      }
    }
  }

  @Test
  void belowTheLimitNothingIsCollected() throws IOException, InterruptedException {
    assertThat(run(BelowTheLimit.class, "-Xms256m", "-Xmn200m").getLast())
        .isEqualTo("collections 0");
  }

  /** Keeps far more than the limit open. */
  public static final class Keeping {
    private Keeping() {}

    /** Prints how many tensors it could keep, and a number of the first one. */
    public static void main(String[] args) {
      try (Pjrt client = Pjrt.open()) {
        float[] data = new float[1 << 20];
        data[5] = 7;
        List<DeviceBuffer<?>> open = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
          open.add(client.device().put(SHAPE, data));
        }
        System.out.println(open.size() + " with " + open.get(0).toFloatArray()[5]);
      }
    }
  }

  @Test
  void whatIsInUseMayExceedTheLimit() throws IOException, InterruptedException {
    assertThat(run(Keeping.class).getLast()).isEqualTo("100 with 7.0");
  }
}
