package org.hlo4j.internal.program;

import static com.google.common.truth.Truth.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class PluginDialectTest {
  private static final String FUTURE =
      """
      func.func @main(%x: tensor<4xf32>) -> tensor<4xf32> {
        %f = "stablehlo.async_start"(%x) ({
        ^bb0(%a: tensor<4xf32>):
          %p = stablehlo.negate %a : tensor<4xf32>
          stablehlo.return %p : tensor<4xf32>
        }) : (tensor<4xf32>) -> !stablehlo.future<tensor<4xf32>>
        %d = "stablehlo.async_done"(%f) : (!stablehlo.future<tensor<4xf32>>) -> tensor<4xf32>
        return %d : tensor<4xf32>
      }
      """;

  private static final String FENCE =
      """
      func.func private @hlo4j_fence(%x: tensor<4xf32>) -> tensor<4xf32> {
        return %x : tensor<4xf32>
      }
      func.func @main(%x: tensor<4xf32>) -> tensor<4xf32> {
        %0 = call @hlo4j_fence(%x) {mhlo.frontend_attributes = {inlineable = "false"}}
            : (tensor<4xf32>) -> tensor<4xf32>
        return %0 : tensor<4xf32>
      }
      """;

  private static String write(String text, String platform, Long... version) {
    return new PluginDialect(() -> List.of(version), platform).write(text);
  }

  @Test
  void futuresAreMergedForPluginsThatDoNotKnowThem() {
    assertThat(write(FUTURE, "cpu", 1L, 14L, 9L)).doesNotContain("future");
    assertThat(write(FUTURE, "cuda", 0L, 19L, 0L)).doesNotContain("future");
  }

  @Test
  void futuresStayForPluginsThatKnowThemOrDoNotSay() {
    assertThat(write(FUTURE, "cpu", 1L, 15L, 0L)).isEqualTo(FUTURE);
    assertThat(write(FUTURE, "cpu", 2L, 0L, 0L)).isEqualTo(FUTURE);
    assertThat(write(FUTURE, "cpu")).isEqualTo(FUTURE);
  }

  @Test
  void fencesAreInlinedOnAllPlatformsButTheCpu() {
    assertThat(write(FENCE, "cpu", 1L, 16L, 0L)).isEqualTo(FENCE);
    assertThat(write(FENCE, "cuda", 1L, 16L, 0L)).doesNotContain("inlineable");
  }
}
