package org.hlo4j.tests.pipelines;

import static com.google.common.truth.Truth.assertThat;

import java.util.List;
import org.hlo4j.DeviceGroup;
import org.hlo4j.KernelMetadata;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Operations with regions can be started, however the values in these are called. */
@Tag("plugins")
final class ReductionsTest {
  private final DeviceGroup group = Four.group();

  @Test
  void sumsAreInFlightTogether() {
    var x =
        ReductionsKernels.inputs(group)
            .sum()
            .x()
            .putEach(
                List.of(
                    new float[] {1, 2, 3, 4},
                    new float[] {10, 20, 30, 40},
                    new float[] {100, 200, 300, 400},
                    new float[] {1000, 2000, 3000, 4000}));

    Reductions.Two two = ReductionsKernels.sync(group).sums(x);

    for (int device = 0; device < 4; device++) {
      assertThat(two.first().shard(device).toFloatArray())
          .isEqualTo(new float[] {2222, 4444, 6666, 8888});
    }
    assertThat(two.second().shard(2).toFloatArray()).isEqualTo(new float[] {200, 400, 600, 800});
  }

  @Test
  void theyAreSplit() {
    KernelMetadata sums =
        ReductionsKernels.metadata().stream()
            .filter(kernel -> kernel.name().endsWith(".sums"))
            .findFirst()
            .orElseThrow();

    assertThat(sums.schedule()).contains("start sum in line 1: split into start and done");
  }
}
