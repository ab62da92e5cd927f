package org.hlo4j.internal.sharding;

import static com.google.common.truth.Truth.assertThat;

import java.lang.foreign.MemorySegment;
import java.util.Random;
import org.hlo4j.type.Shape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TileCopyTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          tensor<8xi8>         | {devices=[4]<=[4]}
          tensor<8x6xf32>      | {devices=[4,1]<=[4]}
          tensor<8x6xf32>      | {devices=[1,2,2]<=[4] last_tile_dim_replicate}
          tensor<4x6x2xf64>    | {devices=[2,2,1]<=[2,2]T(1,0)}
          tensor<3x4x5x2xi16>  | {devices=[1,2,1,2]3,1,2,0}
          tensor<4x2x3xi8>     | {devices=[4,1,1]<=[4]}
          tensor<i32>          | {replicated}
          tensor<2x2xi32>      | {maximal device=1}
          tensor<0x4xi32>      | {devices=[1,4]<=[4]}
          """)
  void aTensorThatIsCutIntoTilesComesTogetherAgain(String type, String text) {
    Shape shape = Shape.parse(type);
    Tiling tiling = GspmdText.parse(text, 4);
    byte[] whole = new byte[(int) shape.byteSize()];
    new Random(1).nextBytes(whole);
    byte[] again = new byte[whole.length];

    for (int device : tiling.holders()) {
      byte[] tile = new byte[(int) tiling.tileShape(shape).byteSize()];
      TileCopy.read(
          tiling, device, shape, MemorySegment.ofArray(whole), MemorySegment.ofArray(tile));
      TileCopy.write(
          tiling, device, shape, MemorySegment.ofArray(again), MemorySegment.ofArray(tile));
    }

    assertThat(again).isEqualTo(whole);
  }
}
