package org.hlo4j;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import org.hlo4j.error.BufferStateException;
import org.hlo4j.internal.pjrt.BufferHandle;
import org.hlo4j.type.ElementType;
import org.hlo4j.type.Shape;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One thread gives a buffer away while another reads it: both go on, and the numbers are right. */
@Tag("plugins")
final class DonationRaceTest {
  private static final Shape SHAPE = Shape.of(ElementType.F32, 1000);
  private static final int ROUNDS = 3_000;

  private static final Program NEGATING =
      Program.of(
          """
          func.func @main(%x: tensor<1000xf32> {tf.aliasing_output = 0 : i32})
              -> tensor<1000xf32> {
            %0 = stablehlo.negate %x : tensor<1000xf32>
            return %0 : tensor<1000xf32>
          }
          """);

  /** Gives both away, the first one for the first output. */
  private static final Program STEP =
      Program.of(
          """
          func.func @main(%w: tensor<1000xf32> {tf.aliasing_output = 0 : i32},
              %b: tensor<1000xf32> {tf.aliasing_output = 1 : i32})
              -> (tensor<1000xf32>, tensor<1000xf32>) {
            %0 = stablehlo.negate %w : tensor<1000xf32>
            %1 = stablehlo.negate %b : tensor<1000xf32>
            return %0, %1 : tensor<1000xf32>, tensor<1000xf32>
          }
          """);

  private static final Program ADDING =
      Program.of(
          """
          func.func @main(%x: tensor<1000xf32>, %y: tensor<1000xf32>) -> tensor<1000xf32> {
            %0 = stablehlo.add %x, %y : tensor<1000xf32>
            return %0 : tensor<1000xf32>
          }
          """);

  private final Pjrt client = Pjrt.open();
  private final Device device = client.device();
  private final Executable adding = device.compile(ADDING);
  private volatile DeviceBuffer<?> current = ones();
  private volatile Pair pair = new Pair(ones(), ones());

  @AfterEach
  void close() {
    client.close();
  }

  private DeviceBuffer<?> ones() {
    float[] ones = new float[1000];
    Arrays.fill(ones, 1);
    return device.put(SHAPE, ones);
  }

  private static float first(Tensor<?> tensor) {
    float[] values = tensor.toFloatArray();
    for (float value : values) {
      assertThat(value).isEqualTo(values[0]);
    }
    return values[0];
  }

  @Test
  void aBufferThatIsGivenAwayMayBeReadTwiceByAnotherCall() {
    Executable negating = device.compile(NEGATING);
    CyclicBarrier start = new CyclicBarrier(2);

    CompletableFuture<Void> donor =
        CompletableFuture.runAsync(
            () -> {
              meet(start);
              for (int i = 0; i < ROUNDS; i++) {
                current = negating.execute(current).get(0);
              }
            });
    CompletableFuture<Void> reader =
        CompletableFuture.runAsync(
            () -> {
              meet(start);
              for (int i = 0; i < ROUNDS; i++) {
                DeviceBuffer<?> x = current;
                readUnlessGone(List.of(x, x), 2);
              }
            });
    CompletableFuture.allOf(donor, reader).join();

    assertThat(first(current)).isEqualTo(ROUNDS % 2 == 0 ? 1f : -1f);
  }

  private record Pair(DeviceBuffer<?> w, DeviceBuffer<?> b) {}

  @Test
  void buffersThatAreGivenAwayMayBeReadInTheOtherOrder() {
    Executable step = device.compile(STEP);
    CyclicBarrier start = new CyclicBarrier(3);

    CompletableFuture<Void> trainer =
        CompletableFuture.runAsync(
            () -> {
              meet(start);
              for (int i = 0; i < ROUNDS; i++) {
                List<DeviceBuffer<?>> next = step.execute(pair.w(), pair.b());
                pair = new Pair(next.get(0), next.get(1));
              }
            });
    Runnable serve =
        () -> {
          meet(start);
          for (int i = 0; i < ROUNDS; i++) {
            Pair seen = pair;
            readUnlessGone(List.of(seen.b(), seen.w()), 2);
          }
        };
    CompletableFuture.allOf(
            trainer, CompletableFuture.runAsync(serve), CompletableFuture.runAsync(serve))
        .join();

    assertThat(Math.abs(first(pair.w()))).isEqualTo(1f);
  }

  /** Adds two tensors of ones or of minus ones; a call that gives them away may come first. */
  private void readUnlessGone(List<DeviceBuffer<?>> arguments, float sum) {
    try (DeviceBuffer<?> result = adding.execute(arguments.get(0), arguments.get(1)).get(0)) {
      assertThat(Math.abs(first(result))).isEqualTo(sum);
    } catch (BufferStateException e) {
      assertThat(e).hasMessageThat().containsMatch("donated");
    }
  }

  @Test
  void ofTwoThreadsThatGiveAwayTheSameBuffersOneSucceeds() {
    Executable step = device.compile(STEP);
    for (int i = 0; i < ROUNDS / 10; i++) {
      DeviceBuffer<?> w = ones();
      DeviceBuffer<?> b = ones();
      CyclicBarrier start = new CyclicBarrier(2);

      CompletableFuture<Boolean> one =
          CompletableFuture.supplyAsync(() -> isTakenBy(step, start, w, b));
      CompletableFuture<Boolean> other =
          CompletableFuture.supplyAsync(() -> isTakenBy(step, start, b, w));

      assertThat(one.join() ^ other.join()).isTrue();
    }
  }

  private static boolean isTakenBy(
      Executable step, CyclicBarrier start, DeviceBuffer<?> w, DeviceBuffer<?> b) {
    meet(start);
    try {
      step.execute(w, b).forEach(DeviceBuffer::close);
      return true;
    } catch (BufferStateException e) {
      return false;
    }
  }

  @Test
  void aCallThatIsLaunchedKeepsItsArgumentsFromBeingGivenAway() {
    DeviceBuffer<?> x = ones();
    BufferHandle handle = x.state().retainHandle();
    assertThat(handle.tryLockShared()).isTrue();
    CompletableFuture<BufferHandle.Donation> donation =
        CompletableFuture.supplyAsync(handle::beginDonation);

    while (!handle.mayBeGivenAway()) {
      Thread.onSpinWait();
    }
    assertThat(donation.isDone()).isFalse();
    handle.unlockShared();

    assertThat(donation.join()).isEqualTo(BufferHandle.Donation.BEGUN);
    assertThat(handle.tryLockShared()).isFalse();
    assertThat(assertThrows(BufferStateException.class, () -> adding.execute(x, x)))
        .hasMessageThat()
        .contains("it is being donated to another call");
    handle.endDonation();
    handle.release();
    assertThat(first(adding.execute(x, x).get(0))).isEqualTo(2f);
  }

  private static void meet(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (InterruptedException | BrokenBarrierException e) {
      throw new AssertionError(e);
    }
  }
}
