package org.hlo4j.tests.devices;

import static com.google.common.truth.Truth.assertThat;

import java.util.List;
import org.hlo4j.Sharded;
import org.hlo4j.ShardedRef;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A kernel on four devices writes into a variable, which each replica has for itself. */
@Tag("plugins")
final class ShardedRefTest {
  private final AccumulatingKernels.Inputs inputs = AccumulatingKernels.inputs(Four.group());

  private static List<float[]> numbers(int factor) {
    return List.of(
        new float[] {0, 0, 0, 0},
        new float[] {factor, 0, 0, 0},
        new float[] {2 * factor, 0, 0, 0},
        new float[] {3 * factor, 0, 0, 0});
  }

  @Test
  void callsReplaceTheValue() {
    Sharded<Vec> x = inputs.add().x().putEach(numbers(1));
    try (ShardedRef<Vec> sum = ShardedRef.of(inputs.add().sum().putEach(numbers(10)))) {
      AccumulatingKernels.sync(Four.group()).add(sum, x);
      AccumulatingAsync async = AccumulatingKernels.async(Four.group());
      Void unused = async.add(sum, x).value();

      assertThat(sum.replicas()).isEqualTo(4);
      List<float[]> values = sum.toArrays(float[].class);
      for (int i = 0; i < 4; i++) {
        assertThat(values.get(i)).isEqualTo(new float[] {12 * i, 0, 0, 0});
      }
    }
    assertThat(x.isClosed()).isFalse();
  }
}
