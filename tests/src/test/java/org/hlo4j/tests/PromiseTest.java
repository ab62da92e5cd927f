package org.hlo4j.tests;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.hlo4j.BufferPromise;
import org.hlo4j.Device;
import org.hlo4j.DeviceBuffer;
import org.hlo4j.Program;
import org.hlo4j.Promise;
import org.hlo4j.error.CompilationException;
import org.hlo4j.error.PromiseInterruptedException;
import org.hlo4j.error.PromiseTimeoutException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("plugins")
final class PromiseTest {
  private static final Device DEVICE = Plugin.device();
  private static final ArithmeticAsync ASYNC = ArithmeticKernels.async(DEVICE);
  private static final int CHAIN = 80;

  /** Longer than any machine needs: XLA's work grows with each try, the test's does not. */
  private static final int LONGEST_CHAIN = CHAIN << 10;

  /** Ends no wait. */
  private static final Duration LONG = Duration.ofDays(1);

  @BeforeAll
  static void compile() {
    ArithmeticKernels.prepare(DEVICE).value();
  }

  /** Work that takes as long as so many multiplications. */
  private static BufferPromise<Big> work(int chain) {
    float[] identity = new float[1000 * 1000];
    for (int i = 0; i < 1000; i++) {
      identity[i * 1001] = 1;
    }
    BufferPromise<Big> x = DEVICE.putAsync(Big.class, identity);
    for (int i = 0; i < chain; i++) {
      x = ASYNC.square(x);
    }
    return x;
  }

  /**
   * Repeats with longer work what has to be seen while work goes on, until it is. How long that
   * takes depends on the machine; whether it passes does not.
   *
   * @param sees whether work was seen to go on
   */
  private static void whileWorking(Predicate<BufferPromise<Big>> sees) {
    for (int chain = CHAIN; chain <= LONGEST_CHAIN; chain *= 2) {
      if (sees.test(work(chain))) {
        return;
      }
    }
    throw new AssertionError("work was never seen to go on");
  }

  /** What comes of waiting a moment; nothing if the work was done by then. */
  private static Optional<PromiseTimeoutException> timeout(Promise<?> promise) {
    try {
      Object unused = promise.value(Duration.ofMillis(1));
      return Optional.empty();
    } catch (PromiseTimeoutException e) {
      return Optional.of(e);
    }
  }

  private static void awaitAll(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aPromiseIsReadyWhenItsValueIsThere() {
    whileWorking(
        work -> {
          boolean isReady = work.isReady();
          DeviceBuffer<Big> value = work.value();
          assertThat(work.isReady()).isTrue();
          assertThat(work.value()).isSameInstanceAs(value);
          assertThat(value.toFloatArray()[1001]).isEqualTo(1f);
          return !isReady;
        });
    whileWorking(work -> work.toString().equals("tensor<1000x1000xf32> on cpu:0, not ready"));
  }

  @Test
  void waitingCanBeGivenUpAndTheWorkGoesOn() {
    whileWorking(
        work -> {
          Optional<PromiseTimeoutException> gaveUp = timeout(work);
          gaveUp.ifPresent(
              timeout -> {
                // Whether the line of the last call is noted depends on how fast the calls are.
                assertThat(timeout)
                    .hasMessageThat()
                    .containsMatch(
                        "org.hlo4j.tests.Arithmetic.square, called"
                            + " (at org.hlo4j.tests.PromiseTest|in a tight loop)");
                assertThat(timeout).hasMessageThat().contains("was not ready after PT0.001S");
              });
          assertThat(work.value(LONG).toFloatArray()[0]).isEqualTo(1f);
          return gaveUp.isPresent();
        });
  }

  @Test
  void anInterruptEndsTheWaitingAndStaysSet() {
    whileWorking(
        work -> {
          CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
          Thread waiter =
              Thread.ofVirtual()
                  .start(
                      () -> {
                        try {
                          work.value();
                          interrupted.complete(false);
                        } catch (PromiseInterruptedException e) {
                          interrupted.complete(Thread.currentThread().isInterrupted());
                        }
                      });
          waiter.interrupt();
          boolean isSet = interrupted.join();
          assertThat(work.value().toFloatArray()[0]).isEqualTo(1f);
          return isSet;
        });
  }

  @Test
  void waitingParksAndLeavesTheCarriersToOthers() {
    int waiters = 50 * Runtime.getRuntime().availableProcessors();
    whileWorking(
        work -> {
          CountDownLatch waiting = new CountDownLatch(waiters);
          List<CompletableFuture<Void>> values = new ArrayList<>();
          try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < waiters; i++) {
              values.add(
                  CompletableFuture.runAsync(
                      () -> {
                        waiting.countDown();
                        work.value();
                      },
                      threads));
            }
            // Where every waiter has begun before the work is done, none keeps a carrier.
            awaitAll(waiting);
            boolean isReady = work.isReady();
            values.forEach(CompletableFuture::join);
            assertThat(work.isReady()).isTrue();
            return !isReady;
          }
        });
  }

  @Test
  void actionsRunOnVirtualThreadsWhenTheValueIsThere() throws InterruptedException {
    CountDownLatch called = new CountDownLatch(1);
    AtomicBoolean virtual = new AtomicBoolean();

    Promise<DeviceBuffer<Big>> same =
        work(CHAIN)
            .onReady(
                (value, failure) -> {
                  virtual.set(Thread.currentThread().isVirtual());
                  called.countDown();
                });

    called.await();
    assertThat(virtual.get()).isTrue();
    assertThat(same.isReady()).isTrue();
  }

  @Test
  void aPromiseIsAFutureAsWell() {
    CompletableFuture<Float> trace =
        work(CHAIN)
            .toCompletableFuture()
            .thenApply(DeviceBuffer::toFloatArray)
            .thenApply(values -> values[0]);

    assertThat(trace.join()).isEqualTo(1f);
  }

  @Test
  void aReadBackIsOrderedWithoutWaiting() {
    whileWorking(
        work -> {
          Promise<float[]> values = work.toFloatArrayAsync();
          boolean isReady = values.isReady();
          assertThat(values.value(LONG)[1001]).isEqualTo(1f);
          assertThat(values.value()).isSameInstanceAs(values.value());
          return !isReady;
        });
  }

  @Test
  void allOfSeveralPromisesIsOne() {
    BufferPromise<Big> one = work(CHAIN);
    whileWorking(
        other -> {
          Promise<Void> all = Promise.all(List.of(one, other));
          boolean isReady = all.isReady();
          Optional<PromiseTimeoutException> gaveUp = timeout(all);
          all.toCompletableFuture().join();
          assertThat(one.isReady()).isTrue();
          assertThat(other.isReady()).isTrue();
          return !isReady && gaveUp.isPresent();
        });
  }

  @Test
  void aFailureReachesWhoeverAsksAndComesAgain() {
    Program wrong =
        Program.of(
            """
            func.func @main() -> tensor<f32> {
              %0 = stablehlo.nonsense : tensor<f32>
              return %0 : tensor<f32>
            }
            """);
    Promise<?> promise = DEVICE.compileAsync(wrong);

    assertThrows(CompilationException.class, promise::value);
    assertThrows(CompilationException.class, () -> promise.value(LONG));
    assertThat(promise.isReady()).isTrue();
    ExecutionException asFuture =
        assertThrows(ExecutionException.class, () -> promise.toCompletableFuture().get());
    assertThat(asFuture).hasCauseThat().isInstanceOf(CompilationException.class);
  }
}
