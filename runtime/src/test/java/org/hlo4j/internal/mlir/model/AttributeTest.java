package org.hlo4j.internal.mlir.model;

import static com.google.common.truth.Truth.assertThat;

import org.hlo4j.internal.mlir.syntax.MlirReader;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

@NullUnmarked
final class AttributeTest {
  private static Attribute attribute(String value) {
    Attribute attribute =
        MlirReader.read("module attributes {x = " + value + "} {}").attributes().get("x");
    if (attribute == null) {
      throw new AssertionError("no attribute");
    }
    return attribute;
  }

  @Test
  void readsIntegers() {
    assertThat(attribute("4 : i32").integer()).isEqualTo(4);
    assertThat(attribute("-7").integer()).isEqualTo(-7);
    assertThat(attribute("1.5 : f32").integer()).isNull();
    assertThat(attribute("99999999999999999999").integer()).isNull();
    assertThat(attribute("\"4\"").integer()).isNull();
  }

  @Test
  void readsBooleansAndUnits() {
    Attributes attributes =
        MlirReader.read("module attributes {a = true, b = false, c, d = 1} {}").attributes();

    assertThat(attributes.get("a").bool()).isTrue();
    assertThat(attributes.get("b").bool()).isFalse();
    assertThat(attributes.get("c").bool()).isTrue();
    assertThat(attributes.get("c").valueSpan()).isNull();
    assertThat(attributes.get("c").text()).isEmpty();
    assertThat(attributes.get("d").bool()).isNull();
  }

  @Test
  void readsStringsWithEscapes() {
    assertThat(attribute("\"plain\"").string()).isEqualTo("plain");
    assertThat(attribute("\"a\\22b\\5Cc\\\\d\\\"e\\nf\\tg\"").string())
        .isEqualTo("a\"b\\c\\d\"e\nf\tg");
    assertThat(attribute("\"\\C3\\A9é\"").string()).isEqualTo("éé");
    assertThat(attribute("\"a // b\"").string()).isEqualTo("a // b");
    assertThat(attribute("@a").string()).isNull();
  }

  @Test
  void readsSymbols() {
    assertThat(attribute("@f").symbol()).isEqualTo("f");
    assertThat(attribute("@\"f g\"").symbol()).isEqualTo("f g");
    assertThat(attribute("1").symbol()).isNull();
  }

  @Test
  void readsListsOfIntegers() {
    assertThat(attribute("[0, -1]").integers()).containsExactly(0L, -1L).inOrder();
    assertThat(attribute("[[0, 1], [2, 3]]").integers()).containsExactly(0L, 1L, 2L, 3L).inOrder();
    assertThat(attribute("array<i64: 5, 1>").integers()).containsExactly(5L, 1L).inOrder();
    assertThat(attribute("array<i64>").integers()).isEmpty();
    assertThat(attribute("dense<[[0, 3], [1, 0]]> : tensor<2x2xi64>").integers())
        .containsExactly(0L, 3L, 1L, 0L)
        .inOrder();
    assertThat(attribute("dense<7> : tensor<4xi64>").integers()).containsExactly(7L);
    assertThat(attribute("dense<> : tensor<0xi64>").integers()).isEmpty();
    assertThat(attribute("dense<1.5> : tensor<f32>").integers()).isNull();
    assertThat(attribute("[\"a\"]").integers()).isNull();
    assertThat(attribute("\"a\"").integers()).isNull();
  }

  @Test
  void readsConstantsInHexadecimal() {
    assertThat(attribute("dense<\"0x0000803Fff\"> : tensor<5xui8>").bytes())
        .isEqualTo(new byte[] {0, 0, (byte) 0x80, 0x3F, (byte) 0xFF});
    assertThat(attribute("dense<\"0x012\"> : tensor<5xui8>").bytes()).isNull();
    assertThat(attribute("dense<\"text\"> : tensor<!x.y>").bytes()).isNull();
    assertThat(attribute("dense<1> : tensor<1xi8>").bytes()).isNull();
    assertThat(attribute("1").bytes()).isNull();
  }

  @Test
  void readsDictionaries() {
    Attributes inner = attribute("{a = {b = 1}, \"c d\" = 2}").dictionary();

    assertThat(inner.get("a").dictionary().get("b").integer()).isEqualTo(1);
    assertThat(inner.get("c d").integer()).isEqualTo(2);
    assertThat(inner.list()).hasSize(2);
    assertThat(attribute("[{a = 1}, {}]").dictionaries()).hasSize(2);
    assertThat(attribute("1").dictionary()).isNull();
  }

  @Test
  void keepsOtherAttributesAsTheyAre() {
    for (String text :
        new String[] {
          "#stablehlo.gather<offset_dims = [0], index_vector_dim = 1>",
          "#sdy.sharding<@mesh, [{\"x\", \"y\"}, {}]>",
          "affine_map<(d0, d1) -> (d0 floordiv 4)>",
          "affine_set<(d0)[s0] : (d0 >= 0, s0 - d0 - 1 >= 0, d0 == s0)>",
          "dense_resource<blob> : tensor<4xf32>",
          "sparse<[[0]], [1]> : tensor<4xi32>",
          "distinct[0]<42 : i32>",
          "loc(fused<\"x\">[\"a\", callsite(\"b\" at \"c.py\":1:2)])",
          "(tensor<4xf32>) -> tensor<4xf32>",
          "#x.y<a -> b, \">\", {>=}>"
        }) {
      assertThat(attribute(text).text()).isEqualTo(text);
    }
  }

  @Test
  void knowsWhereAnAttributeIs() {
    MlirModule module = MlirReader.read("module attributes {a.b = 1 : i32} {}");
    Attribute attribute = module.attributes().get("a.b");

    assertThat(module.source().slice(attribute.span())).isEqualTo("a.b = 1 : i32");
    assertThat(module.source().slice(attribute.valueSpan())).isEqualTo("1 : i32");
    assertThat(attribute.toString()).isEqualTo("a.b = 1 : i32");
  }
}
