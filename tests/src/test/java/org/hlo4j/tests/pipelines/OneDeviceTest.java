package org.hlo4j.tests.pipelines;

import static com.google.common.truth.Truth.assertThat;

import org.hlo4j.Device;
import org.hlo4j.DeviceBuffer;
import org.hlo4j.KernelMetadata;
import org.hlo4j.Ref;
import org.hlo4j.Tensor;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Pipelines on one device: records, variables, several functions, loops in loops. */
@Tag("plugins")
final class OneDeviceTest {
  private final Device device = Four.group().device(0);
  private final OneDevice sync = OneDeviceKernels.sync(device);
  private final OneDeviceAsync async = OneDeviceKernels.async(device);

  private DeviceBuffer<Shard> put(float... values) {
    return device.put(Shard.class, values);
  }

  @Test
  void recordsGoInWholeAndByTheirComponents() {
    OneDevice.Step step =
        sync.records(
            new OneDevice.Params(put(1, 1, 1, 1), new OneDevice.Bias(put(10, 20, 30, 40))));

    assertThat(step.weights().toFloatArray()).isEqualTo(new float[] {-11, -22, -33, -44});
    assertThat(step.ends().toFloatArray()).isEqualTo(new float[] {22, 33});
  }

  @Test
  void aRefOfTheMethodIsReadAndReplaced() {
    try (Ref<Shard> total = Ref.of(put(100, 0, 0, 0));
        Tensor<Shard> x = put(1, 2, 3, 4)) {
      sync.countUp(total, x);
      async.countUp(total, x).value();

      assertThat(total.toFloatArray()).isEqualTo(new float[] {112, 24, 36, 48});
    }
  }

  @Test
  void valuesThatAreOnlyHandedOnAreNotTouched() {
    try (DeviceBuffer<Shard> x = put(1, 2, 3, 4);
        DeviceBuffer<Shard> y = put(5, 6, 7, 8)) {
      OneDeviceBase.Swapped swapped = sync.swapOften(x, y);

      assertThat(swapped.first().toFloatArray()).isEqualTo(new float[] {1, 2, 3, 4});
      assertThat(swapped.second().toFloatArray()).isEqualTo(new float[] {5, 6, 7, 8});
    }
  }

  @Test
  void loopsStandInLoops() {
    assertThat(sync.nested(put(1, 2, 3, 4)).toFloatArray())
        .isEqualTo(new float[] {64, 128, 192, 256});
  }

  @Test
  void theMetadataTellsWhatWasNotSplit() {
    KernelMetadata records =
        OneDeviceKernels.metadata().stream()
            .filter(metadata -> metadata.name().endsWith(".records"))
            .findFirst()
            .orElseThrow();

    assertThat(records.schedule().get(1))
        .isEqualTo(
            "start negate in line 3: not split, since XLA only splits programs that are a single"
                + " collective of one operand");
    assertThat(records.toString()).contains("\n  pipeline start negate in line 4: not split");
  }
}
