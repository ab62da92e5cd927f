package org.hlo4j.internal.pjrt.proto;

import static com.google.common.truth.Truth.assertThat;

import java.util.Arrays;
import java.util.Objects;
import java.util.stream.IntStream;
import org.hlo4j.internal.pjrt.abi.PJRT_Buffer_Type;
import org.hlo4j.type.ElementType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class BufferTypesTest {
  @ParameterizedTest
  @EnumSource
  void eachElementTypeHasAConstantOfItsOwn(ElementType type) {
    assertThat(BufferTypes.elementTypeOf(BufferTypes.constantOf(type))).isEqualTo(type);
  }

  @Test
  void eachElementTypeHasOneNumberInXla() {
    // PrimitiveType has fewer than 64 values.
    ElementType[] numbered =
        IntStream.range(0, 64)
            .mapToObj(BufferTypes::elementTypeOfHlo)
            .filter(Objects::nonNull)
            .toArray(ElementType[]::new);

    assertThat(Arrays.asList(numbered)).containsExactlyElementsIn(ElementType.values());
  }

  @Test
  void whatIsNoElementTypeIsNull() {
    assertThat(BufferTypes.elementTypeOf(PJRT_Buffer_Type.INVALID)).isNull();
    assertThat(BufferTypes.elementTypeOfHlo(13)).isNull();
  }
}
