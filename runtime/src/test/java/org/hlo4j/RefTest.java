package org.hlo4j;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.hlo4j.annotation.TensorType;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.error.BufferStateException;
import org.hlo4j.error.CompilationException;
import org.hlo4j.error.HloException;
import org.hlo4j.error.PromiseInterruptedException;
import org.hlo4j.type.ElementType;
import org.hlo4j.type.F32;
import org.hlo4j.type.Shape;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("plugins")
final class RefTest {
  @TensorType("tensor<4xf32>")
  interface Vec extends F32 {}

  private static final float[] ONES = {1, 1, 1, 1};

  private final Pjrt client = Pjrt.open();
  private final Device device = client.device();

  private final Program adding =
      Program.of(
              """
              func.func @main(%sum: tensor<4xf32> {tf.aliasing_output = 1 : i32},
                  %x: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
                %0 = stablehlo.add %sum, %x : tensor<4xf32>
                %1 = stablehlo.multiply %sum, %x : tensor<4xf32>
                return %1, %0 : tensor<4xf32>, tensor<4xf32>
              }
              """)
          .named("adding");

  private final Program taking =
      Program.of(
              """
              func.func @main(%x: tensor<4xf32> {jax.buffer_donor = true}) -> tensor<4xf32> {
                %0 = stablehlo.add %x, %x : tensor<4xf32>
                return %0 : tensor<4xf32>
              }
              """)
          .named("taking");

  private final Executable add = device.compile(adding);
  private final Ref<Vec> sum = Ref.of(data(0));

  private DeviceBuffer<Vec> data(float value) {
    return device.put(Vec.class, all(value));
  }

  private static float[] all(float value) {
    return new float[] {value, value, value, value};
  }

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  void aCallReplacesItsValue() {
    DeviceBuffer<Vec> x = data(1);
    Results first = add.start(sum, x);
    Results second = add.start(sum, x);

    assertThat(first.size()).isEqualTo(1);
    assertThat(first.promise(0).toFloatArray()).isEqualTo(all(0));
    assertThat(second.promise(0).toFloatArray()).isEqualTo(all(1));
    assertThat(sum.toFloatArray()).isEqualTo(all(2));
    assertThat(sum.toFloatArrayAsync().value()).isEqualTo(all(2));
    assertThat(sum.toString()).isEqualTo("Ref of a tensor<4xf32> on cpu:0\n[2. 2. 2. 2.]");
    sum.close();
    assertThat(sum.toString()).contains("was closed");
  }

  @Test
  void callsFromManyThreadsHappenOneAfterTheOther() throws InterruptedException {
    DeviceBuffer<Vec> x = data(1);
    Ref<Vec> other = Ref.of(data(0));
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 8; t++) {
      boolean swapped = t % 2 == 0;
      threads.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    for (int i = 0; i < 200; i++) {
                      add.start(sum, x).promise(0).close();
                      // Reads one and replaces the other, in both directions.
                      add.start(swapped ? sum : other, swapped ? other : sum).promise(0).close();
                      add.start(swapped ? sum : other, other.get().retained()).promise(0).close();
                      sum.set(data(0));
                      other.set(data(0));
                    }
                  }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    for (int i = 0; i < 8; i++) {
      Thread unused =
          Thread.ofVirtual()
              .start(
                  () -> {
                    for (int n = 0; n < 100; n++) {
                      add.start(sum, x).promise(0).close();
                    }
                  });
      threads.add(unused);
    }
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(sum.toFloatArray()).isEqualTo(all(800));
  }

  @Test
  void whatWasReadStaysAsItWas() {
    try (BufferPromise<Vec> before = sum.get()) {
      add.start(sum, data(1)).promise(0).close();

      assertThat(before.toFloatArray()).isEqualTo(all(0));
      assertThat(sum.toFloatArray()).isEqualTo(all(1));
    }
  }

  @Test
  void aRetainedOneIsNotReplaced() {
    add.start(sum.retained(), data(1)).promise(0).close();

    assertThat(sum.toFloatArray()).isEqualTo(all(0));
  }

  @Test
  void itTakesItsValuesOver() {
    DeviceBuffer<Vec> first = data(3);
    Ref<Vec> ref = Ref.of(first);
    DeviceBuffer<Vec> next = data(4);
    ref.set(next);

    assertThat(assertThrows(BufferStateException.class, first::toFloatArray))
        .hasMessageThat()
        .contains("is spent: it was donated to a Ref, called at ");
    assertThat(next.isClosed()).isTrue();
    assertThat(ref.toFloatArray()).isEqualTo(all(4));
    ref.close();
    ref.close();
    assertThat(ref.isClosed()).isTrue();
    assertThrows(BufferStateException.class, ref::get);
  }

  @Test
  void itWaitsForCallsThatWait() {
    CompletableFuture<Executable> compiling = new CompletableFuture<>();
    DeviceBuffer<Vec> x = data(1);
    Results first = device.group().startDeferred(compiling, adding, sum, x).orElseThrow();
    Results second = add.start(sum, x);
    Promise<float[]> read = sum.toFloatArrayAsync();

    assertThat(read.isReady()).isFalse();
    compiling.complete(add);

    assertThat(first.promise(0).toFloatArray()).isEqualTo(all(0));
    assertThat(second.promise(0).toFloatArray()).isEqualTo(all(1));
    assertThat(read.value()).isEqualTo(all(2));
  }

  @Test
  void aCallThatWaitsLeavesOtherOnesFree() {
    CompletableFuture<Executable> compiling = new CompletableFuture<>();
    DeviceBuffer<Vec> x = data(1);
    Ref<Vec> other = Ref.of(data(5));
    Results waiting = device.group().startDeferred(compiling, adding, sum, x).orElseThrow();
    add.start(other, x).promise(0).close();

    assertThat(add.execute(other, x).get(0).toFloatArray()).isEqualTo(all(6));
    assertThat(other.toFloatArray()).isEqualTo(all(7));
    assertThat(waiting.promise(0).isReady()).isFalse();
    boolean unused = compiling.complete(add);
    assertThat(sum.toFloatArray()).isEqualTo(all(1));
  }

  @Test
  void oneThatWasClosedTakesNoOtherValue() {
    sum.close();
    DeviceBuffer<Vec> next = data(1);

    assertThat(assertThrows(BufferStateException.class, () -> sum.set(next)))
        .hasMessageThat()
        .isEqualTo("The Ref of a tensor<4xf32> on cpu:0 was closed");
    assertThat(next.toFloatArray()).isEqualTo(all(1));
    assertThat(assertThrows(BufferStateException.class, () -> add.start(sum, next)))
        .hasMessageThat()
        .isEqualTo("adding: argument sum: The Ref of a tensor<4xf32> on cpu:0 was closed");
  }

  @Test
  void aFailureIsItsValueUntilAnotherIsSet() {
    CompletableFuture<Executable> compiling = new CompletableFuture<>();
    Results unused = device.group().startDeferred(compiling, adding, sum, data(1)).orElseThrow();
    compiling.completeExceptionally(new CompilationException("no such operation"));

    assertThrows(CompilationException.class, sum::toFloatArray);
    Promise<?> next = add.start(sum, data(1)).promise(0);
    assertThrows(CompilationException.class, next::value);
  }

  @Test
  void callsThatNameTwoInOppositeOrdersDoNotWaitForEachOther() throws InterruptedException {
    Executable both =
        device.compile(
            Program.of(
                """
                func.func @main(%a: tensor<4xf32> {tf.aliasing_output = 0 : i32},
                    %b: tensor<4xf32> {tf.aliasing_output = 1 : i32})
                    -> (tensor<4xf32>, tensor<4xf32>) {
                  %one = stablehlo.constant dense<1.0> : tensor<4xf32>
                  %two = stablehlo.constant dense<2.0> : tensor<4xf32>
                  %0 = stablehlo.add %a, %one : tensor<4xf32>
                  %1 = stablehlo.add %b, %two : tensor<4xf32>
                  return %0, %1 : tensor<4xf32>, tensor<4xf32>
                }
                """));
    Ref<Vec> other = Ref.of(data(0));
    Thread forth = Thread.ofVirtual().start(() -> call(both, sum, other));
    Thread back = Thread.ofPlatform().start(() -> call(both, other, sum));
    forth.join();
    back.join();

    assertThat(sum.toFloatArray()).isEqualTo(all(3 * 200));
    assertThat(other.toFloatArray()).isEqualTo(all(3 * 200));
  }

  private static void call(Executable executable, Ref<?> first, Ref<?> second) {
    for (int i = 0; i < 200; i++) {
      Results unused = executable.start(first, second);
    }
  }

  @Test
  void aCallerWhoStopsWaitingLeavesTheCallsResult() throws InterruptedException {
    CompletableFuture<Executable> compiling = new CompletableFuture<>();
    DeviceBuffer<Vec> x = data(1);
    Results unused = device.group().startDeferred(compiling, adding, sum, x).orElseThrow();
    AtomicReference<HloException> thrown = new AtomicReference<>();
    Thread caller =
        Thread.ofPlatform()
            .start(
                () ->
                    thrown.set(
                        assertThrows(
                            PromiseInterruptedException.class, () -> add.execute(sum, x))));
    while (caller.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    caller.interrupt();
    caller.join();
    compiling.complete(add);

    assertThat(thrown.get()).hasMessageThat().contains("Interrupted while waiting for adding");
    assertThat(sum.toFloatArray()).isEqualTo(all(2));
  }

  @Test
  void oneIsNotBothReplacedAndReadInOneCall() {
    assertThat(assertThrows(ArgumentException.class, () -> add.start(sum, sum)))
        .hasMessageThat()
        .isEqualTo(
            "adding: argument sum is a Ref that the call updates, but the same Ref is also argument x");
    assertThat(sum.toFloatArray()).isEqualTo(all(0));
  }

  @Test
  void aCallThatReplacesItByNothingIsRefused() {
    assertThat(assertThrows(ArgumentException.class, () -> device.compile(taking).start(sum)))
        .hasMessageThat()
        .contains("no output replaces it");
  }

  @Test
  void aRefusedCallLeavesTheValue() {
    assertThrows(ArgumentException.class, () -> add.start(sum));
    assertThrows(
        ArgumentException.class,
        () -> add.start(sum, device.put(Shape.of(ElementType.F32, 2), new float[2])));
    DeviceBuffer<Vec> closed = data(1);
    closed.close();
    assertThrows(BufferStateException.class, () -> add.start(sum, closed));

    assertThat(add.start(sum, device.put(Vec.class, ONES)).promise(0).toFloatArray())
        .isEqualTo(all(0));
    assertThat(sum.toFloatArray()).isEqualTo(all(1));
  }
}
