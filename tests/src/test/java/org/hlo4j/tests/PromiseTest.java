package org.hlo4j.tests;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
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
  private static final int LONG_CHAIN = 80;

  @BeforeAll
  static void compile() {
    ArithmeticKernels.prepare(DEVICE).value();
  }

  /** Work that takes most of a second. */
  private static BufferPromise<Big> longWork() {
    float[] identity = new float[1000 * 1000];
    for (int i = 0; i < 1000; i++) {
      identity[i * 1001] = 1;
    }
    BufferPromise<Big> x = DEVICE.putAsync(Big.class, identity);
    for (int i = 0; i < LONG_CHAIN; i++) {
      x = ASYNC.square(x);
    }
    return x;
  }

  @Test
  void aPromiseIsReadyWhenItsValueIsThere() {
    BufferPromise<Big> work = longWork();

    assertThat(work.isReady()).isFalse();
    assertThat(work.toString()).isEqualTo("tensor<1000x1000xf32> on cpu:0, not ready");
    DeviceBuffer<Big> value = work.value();
    assertThat(work.isReady()).isTrue();
    assertThat(work.value()).isSameInstanceAs(value);
    assertThat(value.toFloatArray()[1001]).isEqualTo(1f);
  }

  @Test
  void waitingCanBeGivenUpAndTheWorkGoesOn() {
    BufferPromise<Big> work = longWork();

    PromiseTimeoutException gaveUp =
        assertThrows(PromiseTimeoutException.class, () -> work.value(Duration.ofMillis(1)));

    assertThat(gaveUp)
        .hasMessageThat()
        .contains("org.hlo4j.tests.Arithmetic.square, called at org.hlo4j.tests.PromiseTest");
    assertThat(gaveUp).hasMessageThat().contains("was not ready after PT0.001S");
    assertThat(work.value(Duration.ofMinutes(1)).toFloatArray()[0]).isEqualTo(1f);
  }

  @Test
  void anInterruptEndsTheWaitingAndStaysSet() throws InterruptedException {
    BufferPromise<Big> work = longWork();
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    AtomicBoolean flag = new AtomicBoolean();
    Thread waiter =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    work.value();
                  } catch (PromiseInterruptedException e) {
                    thrown.set(e);
                    flag.set(Thread.currentThread().isInterrupted());
                  }
                });
    waiter.interrupt();
    waiter.join();

    assertThat(thrown.get()).isInstanceOf(PromiseInterruptedException.class);
    assertThat(flag.get()).isTrue();
    assertThat(work.value().toFloatArray()[0]).isEqualTo(1f);
  }

  @Test
  void waitingParksAndLeavesTheCarriersToOthers() throws InterruptedException {
    BufferPromise<Big> work = longWork();
    int waiters = 50 * Runtime.getRuntime().availableProcessors();
    CountDownLatch waiting = new CountDownLatch(waiters);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < waiters; i++) {
      threads.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    waiting.countDown();
                    work.value();
                  }));
    }

    // Every waiter has begun before the work is done, so none keeps a carrier while it waits.
    assertThat(waiting.await(1, TimeUnit.MINUTES)).isTrue();
    assertThat(work.isReady()).isFalse();
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(work.isReady()).isTrue();
  }

  @Test
  void actionsRunOnVirtualThreadsWhenTheValueIsThere() throws InterruptedException {
    CountDownLatch called = new CountDownLatch(1);
    AtomicBoolean virtual = new AtomicBoolean();

    Promise<DeviceBuffer<Big>> same =
        longWork()
            .onReady(
                (value, failure) -> {
                  virtual.set(Thread.currentThread().isVirtual());
                  called.countDown();
                });

    assertThat(called.await(1, TimeUnit.MINUTES)).isTrue();
    assertThat(virtual.get()).isTrue();
    assertThat(same.isReady()).isTrue();
  }

  @Test
  void aPromiseIsAFutureAsWell() {
    CompletableFuture<Float> trace =
        longWork()
            .toCompletableFuture()
            .thenApply(DeviceBuffer::toFloatArray)
            .thenApply(values -> values[0]);

    assertThat(trace.join()).isEqualTo(1f);
  }

  @Test
  void aReadBackIsOrderedWithoutWaiting() {
    Promise<float[]> values = longWork().toFloatArrayAsync();

    assertThat(values.isReady()).isFalse();
    assertThat(values.value(Duration.ofMinutes(1))[1001]).isEqualTo(1f);
    assertThat(values.value()).isSameInstanceAs(values.value());
  }

  @Test
  void allOfSeveralPromisesIsOne() {
    BufferPromise<Big> one = longWork();
    BufferPromise<Big> other = longWork();

    Promise<Void> all = Promise.all(List.of(one, other));

    assertThat(all.isReady()).isFalse();
    assertThrows(PromiseTimeoutException.class, () -> all.value(Duration.ofMillis(1)));
    all.toCompletableFuture().join();
    assertThat(one.isReady()).isTrue();
    assertThat(other.isReady()).isTrue();
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
    assertThrows(CompilationException.class, () -> promise.value(Duration.ofSeconds(10)));
    assertThat(promise.isReady()).isTrue();
    ExecutionException asFuture =
        assertThrows(ExecutionException.class, () -> promise.toCompletableFuture().get());
    assertThat(asFuture).hasCauseThat().isInstanceOf(CompilationException.class);
  }
}
