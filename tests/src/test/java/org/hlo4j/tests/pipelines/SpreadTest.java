package org.hlo4j.tests.pipelines;

import static com.google.common.truth.Truth.assertThat;

import org.hlo4j.ShardedBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Pipelines of programs for partitions keep how these are spread. */
@Tag("plugins")
final class SpreadTest {
  @Test
  void dataGoesAroundTheMesh() {
    Spread sync = SpreadKernels.sync(Four.group());
    float[][] rows = new float[8][2];
    float[] moved = new float[16];
    float[] grown = new float[16];
    for (int i = 0; i < 8; i++) {
      rows[i] = new float[] {i, -i};
      for (int j = 0; j < 2; j++) {
        moved[2 * ((i + 10) % 8) + j] = rows[i][j];
        grown[2 * i + j] = 32 * rows[i][j];
      }
    }
    ShardedBuffer<Rows> x = SpreadKernels.inputs(Four.group()).around().x().put(rows);
    Spread.Two two = sync.around(x);

    assertThat(two.y().toFloatArray()).isEqualTo(moved);
    assertThat(two.z().toFloatArray()).isEqualTo(grown);
    assertThat(two.y().sharding().devices()).isEqualTo(4);
  }

  @Test
  void eachKernelKeepsItsMesh() {
    float[] rows = new float[16];
    float[] doubled = new float[16];
    float[] negated = new float[16];
    for (int i = 0; i < 16; i++) {
      rows[i] = i + 1;
      doubled[i] = 2 * rows[i];
      negated[i] = -doubled[i];
    }
    ShardedBuffer<Rows> x = SpreadKernels.inputs(Four.group()).twoMeshes().x().put(rows);

    Spread.Two two = SpreadKernels.sync(Four.group()).twoMeshes(x);

    assertThat(two.y().toFloatArray()).isEqualTo(negated);
    assertThat(two.z().toFloatArray()).isEqualTo(doubled);
    assertThat(two.y().shard(0).shape().dimension(0)).isEqualTo(4);
    assertThat(two.z().shard(0).shape().dimension(0)).isEqualTo(2);
  }
}
