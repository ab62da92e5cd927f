package org.hlo4j.tests;

import static com.google.common.truth.Truth.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hlo4j.BufferPromise;
import org.hlo4j.Device;
import org.hlo4j.DeviceBuffer;
import org.hlo4j.Pjrt;
import org.hlo4j.error.HloException;
import org.junit.jupiter.api.Test;

/** The resident memory of this process stays flat, whatever a long loop does. */
final class MemoryTest {
  private static final long PAGE = 4096;
  private static final long MIB = 1 << 20;

  private final Device device = Plugin.device();
  private final Arithmetic sync = ArithmeticKernels.sync(device);
  private final ArithmeticAsync async = ArithmeticKernels.async(device);

  private static long residentBytes() throws IOException {
    String[] fields = Files.readString(Path.of("/proc/self/statm")).split(" ", -1);
    return Long.parseLong(fields[1]) * PAGE;
  }

  /** Resident memory that is not the JVM's: its heap and its code grow with what else runs. */
  private static long nativeBytes() throws IOException {
    System.gc();
    MemoryMXBean jvm = ManagementFactory.getMemoryMXBean();
    return residentBytes()
        - jvm.getHeapMemoryUsage().getCommitted()
        - jvm.getNonHeapMemoryUsage().getCommitted();
  }

  /** By how much the native memory grows. */
  private static long growth(Runnable warmUp, Runnable work) throws IOException {
    warmUp.run();
    long before = nativeBytes();
    work.run();
    return nativeBytes() - before;
  }

  private static Runnable times(int count, Runnable call) {
    return () -> {
      for (int i = 0; i < count; i++) {
        call.run();
      }
    };
  }

  @Test
  void aHundredThousandCallsLeaveNothingBehind() throws IOException {
    DeviceBuffer<Vec> x = device.put(Vec.class, new float[] {1, 2, 3, 4});
    Runnable call =
        () -> {
          try (BufferPromise<Vec> promise = async.add(x, x);
              DeviceBuffer<Vec> sum = promise.value()) {
            sum.toFloatArray();
          }
        };

    long grown = growth(times(20_000, call), times(100_000, call));

    assertThat(grown).isLessThan(48 * MIB);
  }

  @Test
  @SuppressWarnings("hlo4j") // Using what is spent is what is tested.
  void refusedCallsLeaveNothingBehind() throws IOException {
    DeviceBuffer<Vec> x = device.put(Vec.class, new float[] {1, 2, 3, 4});
    DeviceBuffer<Vec> spent = device.put(Vec.class, new float[4]);
    sync.twiceInPlace(spent).close();
    Runnable call =
        () -> {
          try {
            sync.add(x, spent);
            throw new AssertionError("a spent buffer was taken");
          } catch (HloException e) {
            assertThat(e).hasMessageThat().contains("is spent");
          }
        };

    long grown = growth(times(5_000, call), times(50_000, call));

    assertThat(grown).isLessThan(48 * MIB);
  }

  @Test
  void whatNobodyClosesIsFreedAfterACollection() throws IOException {
    float[] values = new float[512 * 512];
    Runnable call =
        () -> {
          for (int i = 0; i < 20; i++) {
            async.increment(device.putAsync(Weights.class, values));
          }
          collect();
        };

    // Sixty times twenty megabytes, of which only a few rounds can be there at once.
    long grown = growth(times(20, call), times(60, call));

    assertThat(grown).isLessThan(400 * MIB);
  }

  /** What another JVM runs: four gigabytes of buffers that nobody closes. */
  public static final class Dropping {
    private Dropping() {}

    /** Prints the resident megabytes at the end. */
    public static void main(String[] args) throws IOException {
      try (Pjrt client = Pjrt.open()) {
        float[] values = new float[512 * 512];
        for (int i = 0; i < 4096; i++) {
          client.device().putAsync(Weights.class, values);
        }
        System.out.println("resident MiB: " + residentBytes() / MIB);
      }
    }
  }

  @Test
  void droppedBuffersAreCollectedBeforeTheyFillTheMachine()
      throws IOException, InterruptedException {
    String printed =
        ChildJvm.run(
            Dropping.class,
            "--enable-native-access=ALL-UNNAMED",
            "-Dhlo4j.collectAt.bytes=" + 256 * MIB);

    String resident = printed.substring(printed.indexOf("MiB: ") + 5).strip();
    assertThat(Long.parseLong(resident)).isLessThan(2000L);
  }

  @Test
  void clientsThatComeAndGoLeaveNothingBehind() throws IOException {
    Runnable call =
        () -> {
          try (Pjrt client = Pjrt.builder().cpuDevices(1).open()) {
            Device own = client.device();
            DeviceBuffer<Vec> x = own.put(Vec.class, new float[] {1, 2, 3, 4});
            assertThat(ArithmeticKernels.sync(own).add(x, x).toFloatArray()[3]).isEqualTo(8f);
          }
        };

    long grown = growth(times(10, call), times(40, call));

    assertThat(grown).isLessThan(200 * MIB);
  }

  /** Returns once a collection has found what nobody reaches. */
  private static void collect() {
    ReferenceQueue<Object> found = new ReferenceQueue<>();
    PhantomReference<Object> unreachable = new PhantomReference<>(new Object(), found);
    try {
      do {
        System.gc();
      } while (found.remove(10) == null);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      Reference.reachabilityFence(unreachable);
    }
  }
}
