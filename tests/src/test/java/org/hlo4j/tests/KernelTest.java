package org.hlo4j.tests;

import static com.google.common.truth.Truth.assertThat;

import java.util.List;
import org.hlo4j.BufferPromise;
import org.hlo4j.Device;
import org.hlo4j.DeviceBuffer;
import org.hlo4j.KernelMetadata;
import org.hlo4j.Program;
import org.hlo4j.Promise;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("plugins")
final class KernelTest {
  private final Device device = Plugin.device();
  private final Arithmetic sync = ArithmeticKernels.sync(device);
  private final ArithmeticAsync async = ArithmeticKernels.async(device);

  private DeviceBuffer<Vec> vec(float... values) {
    return device.put(Vec.class, values);
  }

  @Test
  void aSyncCallAnswersTheResult() {
    DeviceBuffer<Vec> sum = sync.add(vec(1, 2, 3, 4), vec(10, 20, 30, 40));

    assertThat(sum.toFloatArray()).isEqualTo(new float[] {11, 22, 33, 44});
  }

  @Test
  void promisesGoStraightIntoTheNextKernel() {
    BufferPromise<Vec> x = device.putAsync(Vec.class, new float[] {1, 2, 3, 4});
    BufferPromise<Vec> sum = async.add(async.add(x, x), async.add(x, x));

    assertThat(sum.toFloatArrayAsync().value()).isEqualTo(new float[] {4, 8, 12, 16});
    assertThat(sum.value().toFloatArray()).isEqualTo(new float[] {4, 8, 12, 16});
  }

  @Test
  void oneBufferMayBeGivenTwice() {
    DeviceBuffer<Vec> x = vec(1, 2, 3, 4);

    assertThat(sync.add(x, x).toFloatArray()).isEqualTo(new float[] {2, 4, 6, 8});
  }

  @Test
  void recordsGoInAndComeOutFlattenedInOrder() {
    Weighted input = new Weighted(vec(1, 2, 3, 4), device.put(Scalar.class, new float[] {3}));

    Outcome outcome = sync.scale(input);

    assertThat(outcome.next().values().toFloatArray()).isEqualTo(new float[] {3, 6, 9, 12});
    assertThat(outcome.next().weight().toFloatArray()).isEqualTo(new float[] {3});
    assertThat(outcome.total().toFloatArray()).isEqualTo(new float[] {30});
  }

  @Test
  void aPromiseOfARecordHasOneForEachComponent() {
    Weighted input = new Weighted(vec(1, 1, 1, 1), device.put(Scalar.class, new float[] {2}));

    ArithmeticAsync.OutcomePromise promise = async.scale(input);
    ArithmeticAsync.OutcomePromise again = async.scale(promise.next());

    assertThat(again.total().toFloatArrayAsync().value()).isEqualTo(new float[] {16});
    assertThat(again.value().next().values().toFloatArray()).isEqualTo(new float[] {4, 4, 4, 4});
  }

  @Test
  void aRecordOfTensorsIsThereBeforeItsValuesAre() {
    Weighted started = async.start().inFlight();

    assertThat(sync.scale(started).total().toFloatArray()).isEqualTo(new float[] {20});
  }

  @Test
  void aKernelWithoutOutputsPromisesItsEnd() {
    Promise<Void> end = async.swallow(vec(1, 2, 3, 4));

    assertThat(end.value()).isNull();
    assertThat(end.isReady()).isTrue();
    sync.swallow(vec(1, 2, 3, 4));
  }

  @Test
  void preparingCompilesEverything() {
    Promise<Void> prepared = ArithmeticKernels.prepare(Plugin.client().device(1));

    assertThat(prepared.value()).isNull();
    assertThat(prepared.isReady()).isTrue();
  }

  @Test
  void metadataSaysWhatBecomesOfEachInput() {
    List<KernelMetadata> metadata = ArithmeticKernels.metadata();

    assertThat(metadata.get(1).toString())
        .isEqualTo(
            """
            org.hlo4j.tests.Arithmetic.twiceInPlace
              in  x: tensor<4xf32>, donated to output 0
              out 0: tensor<4xf32>\
            """);
    assertThat(metadata.get(4).inputs().toString())
        .isEqualTo("[input.values: tensor<4xf32>, input.weight: tensor<f32>]");
  }

  @Test
  void metadataSaysWhichOutputsAreNothingNew() {
    Program program =
        Program.of(
            """
            func.func @main(%x: tensor<f32>) -> (tensor<f32>, tensor<f32>, tensor<f32>) {
              %0 = stablehlo.negate %x : tensor<f32>
              return %0, %x, %0 : tensor<f32>, tensor<f32>, tensor<f32>
            }
            """);

    assertThat(program.outputs().toString())
        .isEqualTo(
            "[0: tensor<f32>, 1: tensor<f32>, input 0 unchanged, 2: tensor<f32>, the same as"
                + " output 0]");
  }

  @Test
  void eachDeviceRunsItsOwnCopyOfAKernel() {
    Device other = Plugin.client().device(1);
    DeviceBuffer<Vec> x = other.put(Vec.class, new float[] {1, 2, 3, 4});

    DeviceBuffer<Vec> sum = ArithmeticKernels.sync(other).add(x, x);

    assertThat(sum.device()).isSameInstanceAs(other);
    assertThat(sum.toFloatArray()).isEqualTo(new float[] {2, 4, 6, 8});
  }
}
