package org.hlo4j.tests;

import static com.google.common.truth.Truth.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.hlo4j.Device;
import org.hlo4j.DeviceBuffer;
import org.hlo4j.Tensor;
import org.hlo4j.error.BufferStateException;
import org.hlo4j.error.HloException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("plugins")
final class ConcurrencyTest {
  private final Device device = Plugin.device();

  /** Runs a task on many threads that all begin at once, and answers what each gave. */
  private static <T> List<T> atOnce(int threads, Callable<T> task) throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
      List<Future<T>> futures = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        futures.add(
            executor.submit(
                () -> {
                  go.await();
                  return task.call();
                }));
      }
      go.countDown();
      List<T> results = new ArrayList<>();
      for (Future<T> future : futures) {
        results.add(future.get());
      }
      return results;
    }
  }

  @Test
  void threadsShareADeviceAndItsKernels() throws Exception {
    Arithmetic sync = ArithmeticKernels.sync(device);
    AtomicInteger seed = new AtomicInteger();

    List<Integer> wrong =
        atOnce(
            8,
            () -> {
              int errors = 0;
              int mine = seed.incrementAndGet() * 1000;
              for (int i = 0; i < 1000; i++) {
                float value = mine + i;
                try (Tensor<Vec> x = device.put(Vec.class, new float[] {value, 0, 0, 1});
                    DeviceBuffer<Vec> sum = sync.add(x, x)) {
                  float[] values = sum.toFloatArray();
                  errors += values[0] == 2 * value && values[3] == 2 ? 0 : 1;
                }
              }
              return errors;
            });

    assertThat(wrong).containsExactly(0, 0, 0, 0, 0, 0, 0, 0);
  }

  @Test
  void closingWhileOthersUseABufferGivesAnAnswerOrARefusal() throws Exception {
    Arithmetic sync = ArithmeticKernels.sync(device);
    for (int round = 0; round < 200; round++) {
      DeviceBuffer<Vec> shared = device.put(Vec.class, new float[] {1, 2, 3, 4});
      AtomicInteger turn = new AtomicInteger();

      List<Boolean> fine =
          atOnce(
              4,
              () -> {
                if (turn.getAndIncrement() == 2) {
                  shared.close();
                  return true;
                }
                try {
                  return sync.add(shared, shared).toFloatArray()[3] == 8;
                } catch (BufferStateException e) {
                  return String.valueOf(e.getMessage()).endsWith("was closed");
                }
              });

      assertThat(fine).doesNotContain(false);
    }
  }

  @Test
  void onlyOneOfManyDonationsOfABufferSucceeds() throws Exception {
    Arithmetic sync = ArithmeticKernels.sync(device);
    sync.twiceInPlace(device.put(Vec.class, new float[4])).close();
    for (int round = 0; round < 100; round++) {
      DeviceBuffer<Vec> shared = device.put(Vec.class, new float[] {1, 2, 3, 4});

      List<Boolean> won =
          atOnce(
              4,
              () -> {
                try {
                  return sync.twiceInPlace(shared).toFloatArray()[3] == 8;
                } catch (HloException e) {
                  return false;
                }
              });

      assertThat(won.stream().filter(winner -> winner).count()).isEqualTo(1);
    }
  }
}
