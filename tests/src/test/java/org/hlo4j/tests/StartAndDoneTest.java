package org.hlo4j.tests;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hlo4j.BufferPromise;
import org.hlo4j.Device;
import org.hlo4j.DeviceBuffer;
import org.hlo4j.Executable;
import org.hlo4j.Pjrt;
import org.hlo4j.Program;
import org.hlo4j.Promise;
import org.hlo4j.Ref;
import org.hlo4j.Refs;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.error.BufferStateException;
import org.hlo4j.tests.Gated.Grid;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Between programs an async call is a start, its promise the future, and asking for the value or
 * passing the promise on the done. What must hold of them is here, told by order and not by time: a
 * {@link Gate} keeps a program on its device. XLA's CPU devices run one program after the other, so
 * that what goes on meanwhile does so on a second one.
 */
@Tag("plugins")
final class StartAndDoneTest {
  /** What would never come comes to an end as a failure. */
  private static final String FOLDING =
      """
      func.func @main(%sum: tensor<64x64xf32> {tf.aliasing_output = 0 : i32},
          %x: tensor<64x64xf32>) -> tensor<64x64xf32> {
        %0 = stablehlo.add %sum, %sum : tensor<64x64xf32>
        %1 = stablehlo.add %0, %x : tensor<64x64xf32>
        return %1 : tensor<64x64xf32>
      }
      """;

  private static final Pjrt CLIENT = Pjrt.builder().cpuDevices(2).open();
  private static final Device DEVICE = CLIENT.device();
  private static final Device THERE = CLIENT.device(1);
  private static final Gated SYNC = GatedKernels.sync(DEVICE);
  private static final GatedAsync ASYNC = GatedKernels.async(DEVICE);

  private static final Gated SYNC_THERE = GatedKernels.sync(THERE);
  private static final GatedAsync ASYNC_THERE = GatedKernels.async(THERE);

  private final Gate gate = new Gate(DEVICE);

  @BeforeAll
  static void compile() {
    GatedKernels.prepare(DEVICE).value();
    GatedKernels.prepare(THERE).value();
  }

  @AfterEach
  void open() {
    gate.close();
  }

  @AfterAll
  static void close() {
    CLIENT.close();
  }

  private static float[] all(float value) {
    float[] values = new float[64 * 64];
    Arrays.fill(values, value);
    return values;
  }

  private static DeviceBuffer<Grid> grid(float value) {
    return DEVICE.put(Grid.class, all(value));
  }

  private static float[] done(Promise<DeviceBuffer<Grid>> promise) {
    return promise.value().toFloatArray();
  }

  private static float[] valueOf(Ref<Grid> ref) {
    return ref.toFloatArrayAsync().value();
  }

  private static DeviceBuffer<Grid> gridThere(float value) {
    return THERE.put(Grid.class, all(value));
  }

  /** Takes the place of what was freed too early, if anything was. */
  private static void useMemoryAnew() {
    for (int i = 0; i < 20; i++) {
      System.gc();
      grid(-1).close();
    }
  }

  @Test
  void inputsThatWereClosedLiveUntilTheWorkIsDone() {
    DeviceBuffer<Grid> x = grid(3);
    BufferPromise<Grid> y = DEVICE.putAsync(Grid.class, all(4));
    BufferPromise<Grid> sum = ASYNC.addWhenOpen(gate.flag(), x, y);
    x.close();
    y.close();
    useMemoryAnew();

    assertThat(sum.isReady()).isFalse();
    gate.open();
    assertThat(done(sum)).isEqualTo(all(7));
    assertThrows(BufferStateException.class, x::toFloatArray);
  }

  @Test
  void inputsThatWereDroppedLiveUntilTheWorkIsDone() {
    BufferPromise<Grid> sum = ASYNC.addWhenOpen(gate.flag(), grid(3), grid(4));
    BufferPromise<Grid> next = ASYNC.add(sum, grid(5));
    sum.close();
    useMemoryAnew();

    assertThat(next.isReady()).isFalse();
    gate.open();
    assertThat(done(next)).isEqualTo(all(12));
  }

  @Test
  void twoStartsOverlap() {
    try (Gate other = new Gate(THERE)) {
      BufferPromise<Grid> first = ASYNC.addWhenOpen(gate.flag(), grid(1), grid(2));
      BufferPromise<Grid> second =
          ASYNC_THERE.addWhenOpen(other.flag(), gridThere(3), gridThere(4));

      assertThat(first.isReady()).isFalse();
      assertThat(second.isReady()).isFalse();
      // Both run: the second ends while the first does not, and could have been the other way.
      other.open();
      assertThat(done(second)).isEqualTo(all(7));
      assertThat(first.isReady()).isFalse();
      BufferPromise<Grid> third = ASYNC_THERE.add(second, second);
      assertThat(done(third)).isEqualTo(all(14));
      assertThat(first.isReady()).isFalse();
      gate.open();
      assertThat(done(first)).isEqualTo(all(3));
    }
  }

  @Test
  void theFirstMayEndWhileTheSecondRuns() {
    try (Gate other = new Gate(THERE)) {
      BufferPromise<Grid> first = ASYNC.addWhenOpen(gate.flag(), grid(1), grid(2));
      BufferPromise<Grid> second =
          ASYNC_THERE.addWhenOpen(other.flag(), gridThere(3), gridThere(4));

      gate.open();
      assertThat(done(first)).isEqualTo(all(3));
      assertThat(second.isReady()).isFalse();
      other.open();
      assertThat(done(second)).isEqualTo(all(7));
    }
  }

  @Test
  void theHostGoesOnWhileTheDeviceWorks() {
    BufferPromise<Grid> sum = ASYNC.addWhenOpen(gate.flag(), grid(1), grid(2));

    assertThat(grid(5).toFloatArray()).isEqualTo(all(5));
    assertThat(SYNC_THERE.add(gridThere(3), gridThere(4)).toFloatArray()).isEqualTo(all(7));
    assertThat(sum.isReady()).isFalse();
    assertThat(sum.toString()).isEqualTo("tensor<64x64xf32> on cpu:0, not ready");
    gate.open();
    assertThat(done(sum)).isEqualTo(all(3));
  }

  @Test
  void theDonesMayComeInAnotherOrder() {
    List<BufferPromise<Grid>> started = new ArrayList<>();
    started.add(ASYNC.addWhenOpen(gate.flag(), grid(0), grid(10)));
    for (int i = 1; i < 8; i++) {
      started.add(ASYNC.add(grid(i), grid(10)));
    }
    started.forEach(promise -> assertThat(promise.isReady()).isFalse());
    gate.open();

    for (int i = 7; i >= 0; i--) {
      assertThat(done(started.get(i))).isEqualTo(all(i + 10));
    }
  }

  @Test
  void passingAFutureOnIsItsDone() {
    BufferPromise<Grid> first = ASYNC.addWhenOpen(gate.flag(), grid(1), grid(2));
    BufferPromise<Grid> second = ASYNC.add(first, first);
    GatedAsync.PartsPromise parts = ASYNC.split(second);
    BufferPromise<Grid> last = ASYNC.add(parts.thrice(), parts.twice());

    assertThat(last.isReady()).isFalse();
    assertThat(second.isClosed()).isTrue();
    gate.open();
    assertThat(done(last)).isEqualTo(all(30));
    assertThat(done(first)).isEqualTo(all(3));
  }

  @Test
  void callsOnOneRefHappenInOrderFromAnyThread() throws InterruptedException {
    try (Ref<Grid> sum = Ref.of(grid(1));
        DeviceBuffer<Grid> two = grid(2)) {
      List<Promise<Void>> started = new ArrayList<>();
      started.add(ASYNC.foldWhenOpen(sum, gate.flag(), two));
      for (int i = 1; i <= 6; i++) {
        DeviceBuffer<Grid> x = grid(i);
        Thread.Builder builder = i % 2 == 0 ? Thread.ofVirtual() : Thread.ofPlatform();
        builder.start(() -> started.add(ASYNC.fold(sum, x))).join();
        x.close();
      }

      // Each thread has ended: none has waited for the device.
      started.forEach(call -> assertThat(call.isReady()).isFalse());
      gate.open();
      float expected = 1 * 2 + 2;
      for (int i = 1; i <= 6; i++) {
        expected = 2 * expected + i;
      }
      assertThat(valueOf(sum)).isEqualTo(all(expected));
      started.forEach(call -> assertThat(call.value()).isNull());
    }
  }

  @Test
  void callsOnAnotherRefAreFree() {
    try (Ref<Grid> a = Ref.of(grid(1));
        Ref<Grid> b = Ref.of(gridThere(2))) {
      Promise<Void> held = ASYNC.foldWhenOpen(a, gate.flag(), grid(1));
      Promise<Void> behind = ASYNC.fold(a, grid(1));
      SYNC_THERE.fold(b, gridThere(1));
      SYNC_THERE.fold(b, gridThere(1));

      assertThat(valueOf(b)).isEqualTo(all(11));
      assertThat(held.isReady()).isFalse();
      assertThat(behind.isReady()).isFalse();
      gate.open();
      assertThat(valueOf(a)).isEqualTo(all(7));
      assertThat(behind.value()).isNull();
    }
  }

  @Test
  void aRefMayBeReadAndClosedWhileACallIsOnIt() {
    Ref<Grid> sum = Ref.of(grid(1));
    BufferPromise<Grid> before = sum.get();
    Promise<Void> held = ASYNC.foldWhenOpen(sum, gate.flag(), grid(5));
    BufferPromise<Grid> after = sum.get();
    sum.close();

    assertThat(done(before)).isEqualTo(all(1));
    assertThat(held.isReady()).isFalse();
    assertThat(after.isReady()).isFalse();
    gate.open();
    assertThat(done(after)).isEqualTo(all(7));
  }

  @Test
  void aRefCannotBeSentIntoItself() {
    Executable fold = DEVICE.compile(Program.of(FOLDING).named("folding"));
    Program uncompiled = Program.of(FOLDING.replace("%sum", "%total")).named("uncompiled");
    try (Ref<Grid> sum = Ref.of(grid(1));
        Ref<Grid> other = Ref.of(grid(2))) {
      assertThat(refusal(() -> SYNC.fold(sum, sum)))
          .isEqualTo(
              "org.hlo4j.tests.Gated.fold: argument sum is a Ref that the call updates, but the"
                  + " same Ref is also argument x");
      assertThat(refusal(() -> ASYNC.fold(sum, sum)))
          .contains("Gated.fold: argument sum is a Ref that the call updates");
      assertThat(refusal(() -> ASYNC.pour(sum, sum)))
          .contains("but the same Ref is also argument from");
      assertThat(refusal(() -> SYNC.pour(sum, sum.as(Grid.class))))
          .contains("but the same Ref is also argument from");
      assertThat(refusal(() -> fold.execute(sum, sum)))
          .contains("folding: argument sum is a Ref that the call updates");
      assertThat(refusal(() -> fold.executeAsync(sum, sum)))
          .contains("the same Ref is also argument x");
      assertThat(refusal(() -> DEVICE.start(uncompiled, sum, sum)))
          .contains("uncompiled: argument total is a Ref that the call updates");
      assertThat(refusal(() -> sum.set(sum))).contains("cannot be set to its own value");
      assertThat(valueOf(sum)).isEqualTo(all(1));

      SYNC.pour(sum, other);
      assertThat(valueOf(sum)).isEqualTo(all(3));
      assertThat(valueOf(other)).isEqualTo(all(0));
    }
  }

  @Test
  void aRefsValueCanBeSentIntoIt() {
    try (Ref<Grid> sum = Ref.of(grid(1));
        BufferPromise<Grid> value = sum.get()) {
      // What get() answered is a tensor of its own, which the call only reads.
      SYNC.fold(sum, value);
      assertThat(valueOf(sum)).isEqualTo(all(3));
      Promise<Void> folded = ASYNC.fold(sum, sum.get());
      assertThat(valueOf(sum)).isEqualTo(all(9));
      assertThat(folded.value()).isNull();
      SYNC.fold(sum, sum.retained());
      assertThat(valueOf(sum)).isEqualTo(all(27));
      assertThat(done(value)).isEqualTo(all(1));
    }
  }

  @Test
  void aRefIsNotDonated() {
    try (Ref<Grid> ref = Ref.of(grid(1))) {
      assertThat(refusal(() -> SYNC.split(ref)))
          .isEqualTo(
              "org.hlo4j.tests.Gated.split: argument x is donated, so it may not be a Ref: pass"
                  + " the result of get(), or make the parameter a Ref");
      assertThat(refusal(() -> ASYNC.split(ref))).contains("argument x is donated");

      assertThat(done(ASYNC.split(ref.get()).thrice())).isEqualTo(all(3));
      assertThat(done(ASYNC.split(ref.retained()).twice())).isEqualTo(all(2));
      assertThat(valueOf(ref)).isEqualTo(all(1));
    }
  }

  @Test
  void aScopeEndsWhileItsCallsRun() {
    List<Ref<Grid>> leaked = new ArrayList<>();
    Promise<float[]> sum =
        Refs.scoped(
            grid(1),
            ref -> {
              leaked.add(ref);
              Promise<Void> unused = ASYNC.foldWhenOpen(ref, gate.flag(), grid(2));
              return ref.toFloatArrayAsync();
            });
    useMemoryAnew();

    assertThat(sum.isReady()).isFalse();
    assertThat(assertThrows(BufferStateException.class, () -> ASYNC.fold(leaked.get(0), grid(1))))
        .hasMessageThat()
        .containsMatch(
            "^org.hlo4j.tests.Gated.fold: argument sum: The Ref of a tensor<64x64xf32> on cpu:0 is"
                + " used after its scope has ended: Refs.scoped, called at"
                + " .*StartAndDoneTest.aScopeEndsWhileItsCallsRun");
    gate.open();
    assertThat(sum.value()).isEqualTo(all(4));
  }

  private static String refusal(org.junit.jupiter.api.function.Executable call) {
    return String.valueOf(assertThrows(ArgumentException.class, call).getMessage());
  }
}
