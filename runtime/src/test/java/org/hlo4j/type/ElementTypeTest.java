package org.hlo4j.type;

import static com.google.common.truth.Truth.assertThat;

import java.util.stream.Stream;
import org.hlo4j.type.ElementType.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ElementTypeTest {
  @Test
  void eachMarkerStandsForOneElementType() {
    assertThat(Element.class.getPermittedSubclasses())
        .asList()
        .containsExactlyElementsIn(
            Stream.of(ElementType.values()).map(ElementType::marker).toList());
  }

  @ParameterizedTest
  @EnumSource
  void theMarkerHasTheNameOfTheElementType(ElementType type) {
    assertThat(type.marker().getSimpleName()).isEqualTo(type.name());
    assertThat(ElementType.ofMarker(type.marker())).isEqualTo(type);
    assertThat(ElementType.ofText(type.text())).isEqualTo(type);
  }

  @ParameterizedTest
  @EnumSource
  void onlyFloatsHaveAFormat(ElementType type) {
    assertThat(type.floatFormat() != null).isEqualTo(type.kind() == Kind.FLOAT);
  }

  @ParameterizedTest
  @EnumSource
  void theNameHasTheWidth(ElementType type) {
    String digits = type.name().replaceAll("^[A-Z]+(\\d+).*", "$1");
    assertThat(type.bits()).isEqualTo(Integer.parseInt(digits));
  }
}
