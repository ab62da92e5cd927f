package org.hlo4j.type;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading a shape's text. */
final class ShapeTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"tensor<10x3xf32>", " tensor < 10 x 3 x f32 > ", "tensor<\n10x\t3  x  f32>"})
  void blanksAreAllowedAroundTokens(String text) {
    assertThat(Shape.parse(text)).isEqualTo(Shape.of(ElementType.F32, 10, 3));
  }

  @Test
  void blanksAreAllowedInComplexTypes() {
    assertThat(Shape.parse("tensor< complex < f32 > >")).isEqualTo(Shape.of(ElementType.C64));
  }

  @ParameterizedTest
  @ValueSource(strings = {"tensor<1 0xf32>", "tensor<1  0xf32>", "tensor<4xf 32>", "ten sor<f32>"})
  void blanksAreNotAllowedInThem(String text) {
    assertThrows(IllegalArgumentException.class, () -> Shape.parse(text));
  }
}
