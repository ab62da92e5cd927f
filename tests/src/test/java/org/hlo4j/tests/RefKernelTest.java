package org.hlo4j.tests;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.hlo4j.BufferPromise;
import org.hlo4j.Device;
import org.hlo4j.DeviceBuffer;
import org.hlo4j.Promise;
import org.hlo4j.Ref;
import org.hlo4j.error.ArgumentException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Kernels that take variables. */
@Tag("plugins")
final class RefKernelTest {
  private final Device device = Plugin.device();
  private final Arithmetic sync = ArithmeticKernels.sync(device);
  private final ArithmeticAsync async = ArithmeticKernels.async(device);

  private DeviceBuffer<Vec> vec(float... values) {
    return device.put(Vec.class, values);
  }

  @Test
  void aKernelReplacesTheValue() {
    try (Ref<Vec> sum = Ref.of(vec(0, 0, 0, 0));
        DeviceBuffer<Vec> x = vec(1, 2, 3, 4)) {
      sync.accumulate(sum, x);
      Promise<Void> second = async.accumulate(sum, x);
      Promise<Void> third = async.accumulate(sum, x);

      assertThat(sum.toFloatArray()).isEqualTo(new float[] {3, 6, 9, 12});
      assertThat(second.isReady()).isTrue();
      assertThat(third.value()).isNull();
    }
  }

  @Test
  void theOtherOutputsAreTheResult() {
    try (Ref<Vec> variable = Ref.of(vec(1, 2, 3, 4));
        DeviceBuffer<Vec> x = vec(1, 1, 1, 1)) {
      Weighted result = sync.exchange(x, variable);
      ArithmeticAsync.WeightedPromise next = async.exchange(x, variable);

      assertThat(result.values().toFloatArray()).isEqualTo(new float[] {2, 4, 6, 8});
      assertThat(result.weight().toFloatArray()).isEqualTo(new float[] {4});
      assertThat(next.values().toFloatArray()).isEqualTo(new float[] {-2, -2, -2, -2});
      assertThat(variable.toFloatArray()).isEqualTo(new float[] {-1, -1, -1, -1});
    }
  }

  @Test
  void aKernelThatTakesATensorReadsTheValue() {
    try (Ref<Vec> variable = Ref.of(vec(1, 2, 3, 4))) {
      BufferPromise<Vec> before = async.add(variable, variable);
      var unused = async.accumulate(variable, vec(1, 1, 1, 1));

      assertThat(before.toFloatArray()).isEqualTo(new float[] {2, 4, 6, 8});
      assertThat(sync.add(variable, variable).toFloatArray()).isEqualTo(new float[] {4, 6, 8, 10});
    }
  }

  @Test
  void oneCannotBeSentIntoItself() {
    try (Ref<Vec> sum = Ref.of(vec(0, 0, 0, 0))) {
      assertThat(assertThrows(ArgumentException.class, () -> sync.accumulate(sum, sum)))
          .hasMessageThat()
          .contains("argument sum is a Ref that the call updates");
    }
  }
}
