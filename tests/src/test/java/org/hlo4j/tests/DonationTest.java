package org.hlo4j.tests;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import org.hlo4j.BufferPromise;
import org.hlo4j.Device;
import org.hlo4j.DeviceBuffer;
import org.hlo4j.Executable;
import org.hlo4j.Program;
import org.hlo4j.Promise;
import org.hlo4j.error.BufferStateException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("plugins")
final class DonationTest {
  private final Device device = Plugin.device();
  private final Arithmetic sync = ArithmeticKernels.sync(device);
  private final ArithmeticAsync async = ArithmeticKernels.async(device);

  @Test
  @SuppressWarnings("hlo4j") // Using what is spent is what is tested.
  void theNextUseOfADonatedBufferNamesTheKernelAndTheLine() {
    DeviceBuffer<Vec> x = device.put(Vec.class, new float[] {1, 2, 3, 4});
    DeviceBuffer<Vec> twice = sync.twiceInPlace(x);

    BufferStateException read = assertThrows(BufferStateException.class, x::toFloatArray);
    BufferStateException used = assertThrows(BufferStateException.class, () -> sync.add(x, twice));

    String spent =
        "is spent: it was donated to org.hlo4j.tests.Arithmetic.twiceInPlace, called at"
            + " org.hlo4j.tests.DonationTest."
            + "theNextUseOfADonatedBufferNamesTheKernelAndTheLine(DonationTest.java:";
    assertThat(read).hasMessageThat().contains(spent);
    assertThat(used).hasMessageThat().contains("org.hlo4j.tests.Arithmetic.add: argument x: ");
    assertThat(used).hasMessageThat().contains(spent);
    assertThat(x.isClosed()).isTrue();
    assertThat(x.toString()).contains("is spent");
    assertThat(twice.toFloatArray()).isEqualTo(new float[] {2, 4, 6, 8});
  }

  @Test
  void donatingOneOutputLeavesAnEqualOneAndAForwardedInputAsTheyWere() {
    Executable executable =
        device.compile(
            Program.of(
                """
                func.func @main(%x: tensor<4xf32>)
                    -> (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) {
                  %0 = stablehlo.negate %x : tensor<4xf32>
                  return %0, %0, %x : tensor<4xf32>, tensor<4xf32>, tensor<4xf32>
                }
                """));
    DeviceBuffer<Vec> x = device.put(Vec.class, new float[] {1, 2, 3, 4});
    List<DeviceBuffer<?>> outputs = executable.execute(x);

    sync.twiceInPlace(outputs.get(0).as(Vec.class));
    sync.twiceInPlace(outputs.get(2).as(Vec.class));

    assertThat(outputs.get(1).toFloatArray()).isEqualTo(new float[] {-1, -2, -3, -4});
    assertThat(x.toFloatArray()).isEqualTo(new float[] {1, 2, 3, 4});
  }

  @Test
  @SuppressWarnings("hlo4j") // Using what is spent is what is tested.
  void aRecordOfWhichAPartWasGivenAwayStillAnswersTheOthers() {
    var unused = ArithmeticKernels.prepare(device).value();
    ArithmeticAsync.WeightedPromise started = async.start();
    DeviceBuffer<Vec> twice = sync.twiceInPlace(started.values());

    assertThat(started.isReady()).isTrue();
    Weighted whole = started.value();

    assertThat(whole.weight().toFloatArray()).isEqualTo(new float[] {2});
    BufferStateException refused =
        assertThrows(BufferStateException.class, () -> whole.values().toFloatArray());
    assertThat(refused).hasMessageThat().contains("is spent: it was donated to");
    assertThat(twice.toFloatArray()).isEqualTo(new float[] {2, 4, 6, 8});
  }

  @Test
  void aReadThatWasOrderedBeforeTheDonationSeesTheOldValues() {
    for (int i = 0; i < 200; i++) {
      BufferPromise<Weights> w = device.putAsync(Weights.class, filled(i));
      Promise<float[]> before = w.toFloatArrayAsync();
      BufferPromise<Weights> after = async.increment(w);

      assertThat(before.value()[1234]).isEqualTo((float) i);
      assertThat(after.toFloatArray()[4321]).isEqualTo(i + 1f);
    }
  }

  @Test
  void resultsThatNobodyAwaitsOutliveTheirPromises() {
    BufferPromise<Weights> w = device.putAsync(Weights.class, filled(0));
    for (int step = 1; step <= 300; step++) {
      w = async.increment(w);
      async.increment(device.putAsync(Weights.class, filled(step)));
      if (step % 50 == 0) {
        System.gc();
      }
    }

    float[] values = w.toFloatArray();
    assertThat(values[0]).isEqualTo(300f);
    assertThat(values[values.length - 1]).isEqualTo(300f);
  }

  @Test
  void pooledMemoryIsNotGivenToTwoBuffers() {
    for (int round = 0; round < 100; round++) {
      BufferPromise<Weights> a = async.increment(device.putAsync(Weights.class, filled(round)));
      BufferPromise<Weights> b = device.putAsync(Weights.class, filled(-round));
      a.value().close();
      BufferPromise<Weights> c = device.putAsync(Weights.class, filled(7));

      assertThat(b.toFloatArray()[99]).isEqualTo((float) -round);
      assertThat(c.toFloatArray()[99]).isEqualTo(7f);
      b.close();
      c.close();
    }
  }

  private static float[] filled(float value) {
    float[] values = new float[512 * 512];
    Arrays.fill(values, value);
    return values;
  }
}
