package org.hlo4j.internal.mlir.model;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.hlo4j.internal.mlir.syntax.MlirReader;
import org.hlo4j.internal.mlir.text.MlirSyntaxException;
import org.hlo4j.type.ElementType;
import org.hlo4j.type.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TypeTest {
  private static RankedTensorType tensor(String text) {
    return (RankedTensorType) MlirReader.readType(text);
  }

  @Test
  void readsAStaticTensor() {
    RankedTensorType type = tensor("tensor<2x3xf32>");

    assertThat(type.dimensions()).containsExactly(2L, 3L).inOrder();
    assertThat(type.dimensions()).hasSize(2);
    assertThat(type.elementType()).isEqualTo(ElementType.F32);
    assertThat(type.encoding()).isNull();
    assertThat(type.shape()).isEqualTo(Shape.of(ElementType.F32, 2, 3));
    assertThat(type.shapeProblem()).isNull();
  }

  @ParameterizedTest
  @EnumSource(ElementType.class)
  void readsEveryElementType(ElementType element) {
    assertThat(tensor("tensor<2x" + element.text() + ">").shape()).isEqualTo(Shape.of(element, 2));
  }

  @Test
  void readsAScalar() {
    assertThat(tensor("tensor<bf16>").dimensions()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tensor<0x4xf32>", "tensor<0xf32>", "tensor<3x0xui8>"})
  void readsAnEmptyTensorThatLooksHexadecimal(String text) {
    assertThat(tensor(text).text()).isEqualTo(text);
    assertThat(tensor(text).shape()).isEqualTo(Shape.parse(text));
  }

  @Test
  void ignoresBlanksInAType() {
    assertThat(MlirReader.readType("tensor < 2 x 3x complex< f32 > >"))
        .isEqualTo(tensor("tensor<2x3xcomplex<f32>>"));
  }

  @Test
  void keepsADynamicDimension() {
    RankedTensorType type = tensor("tensor<?x4xf32>");

    assertThat(type.isDynamic()).isTrue();
    assertThat(type.dimensions()).containsExactly(RankedTensorType.DYNAMIC, 4L).inOrder();
    assertThat(type.shape()).isNull();
    assertThat(type.shapeProblem())
        .isEqualTo("tensor<?x4xf32> has a dynamic dimension; only static ones are supported");
  }

  @Test
  void keepsAnEncoding() {
    RankedTensorType type = tensor("tensor<?x4xf32, #stablehlo.bounds<8, ?>>");

    assertThat(type.encoding()).isEqualTo("#stablehlo.bounds<8, ?>");
    assertThat(type.text()).isEqualTo("tensor<?x4xf32, #stablehlo.bounds<8, ?>>");
  }

  @Test
  void keepsQuantizedElements() {
    RankedTensorType type = tensor("tensor<2x!quant.uniform<i8:f32, 2.000000e+00:15>>");

    assertThat(type.element()).isEqualTo("!quant.uniform<i8:f32, 2.000000e+00:15>");
    assertThat(type.elementType()).isNull();
    assertThat(type.shape()).isNull();
    assertThat(type.shapeProblem()).contains("!quant.uniform<i8:f32, 2.000000e+00:15>");
  }

  @Test
  void representsATensorThatIsTooLarge() {
    RankedTensorType type = tensor("tensor<4294967296x4294967296xf64>");

    assertThat(type.shape()).isNull();
    assertThat(type.shapeProblem())
        .isEqualTo("tensor<4294967296x4294967296xf64> is larger than 2^63 bytes");
  }

  @Test
  void rejectsADimensionThatNoNumberHolds() {
    MlirSyntaxException e =
        assertThrows(
            MlirSyntaxException.class,
            () -> MlirReader.readType("tensor<99999999999999999999xf32>"));

    assertThat(e).hasMessageThat().contains("this dimension exceeds 2^63");
    assertThat(e.column()).isEqualTo(8);
  }

  @Test
  void readsATokenAndAFutureAndATuple() {
    assertThat(MlirReader.readType("!stablehlo.token"))
        .isEqualTo(new OpaqueType("!stablehlo.token"));
    assertThat(MlirReader.readType("!stablehlo.future<tensor<f32>, tensor<2xi32>>"))
        .isEqualTo(new OpaqueType("!stablehlo.future<tensor<f32>, tensor<2xi32>>"));
    assertThat(MlirReader.readType("tuple<tensor<f32>, tuple<>>"))
        .isEqualTo(new OpaqueType("tuple<tensor<f32>, tuple<>>"));
  }

  @Test
  void readsAFunctionType() {
    FunctionType type =
        (FunctionType) MlirReader.readType("(tensor<f32>, index) -> (tensor<f32>, none)");

    assertThat(type.inputs()).containsExactly(tensor("tensor<f32>"), new OpaqueType("index"));
    assertThat(type.results()).hasSize(2);
    assertThat(MlirReader.readType("() -> tensor<f32>").text()).isEqualTo("() -> tensor<f32>");
    assertThat(MlirReader.readType("() -> ()").text()).isEqualTo("() -> ()");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "index",
        "none",
        "i1",
        "ui8",
        "si64",
        "f8E4M3B11FNUZ",
        "complex<f32>",
        "vector<4x[8]xf32>",
        "memref<4x?xf32, strided<[1, 4]>, 3>",
        "tensor<*xf32>",
        "!quant.any<i8<-8:7>:f32>",
        "!mpmd.mesh_tensor<\"m>\", tensor<4xf32>, sharding=<@mesh, [{\"x\"}]>>",
        "!x.y"
      })
  void keepsOtherTypesAsTheyAre(String text) {
    assertThat(MlirReader.readType(text)).isEqualTo(new OpaqueType(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tensr<4xf32>|unknown type 'tensr'|1",
        "tensor<4xf99x>|unknown type 'f99x'|10",
        "tensor<4x>|expected a type, found '>'|10",
        "tensor<4 f32>|expected 'x' after a dimension|10",
        "tensor<4xf32|expected '>', found the end of the text|13",
        "tensor 4|expected '<', found '4'|8",
        "(i32)|expected '->', found the end of the text|6",
        "!t|the type alias '!t' is not defined before it is used|1",
        "i32 i32|expected the end of the text, found 'i32'|5"
      })
  void saysWhatIsWrongWithAType(String text, String problem, int column) {
    MlirSyntaxException e =
        assertThrows(MlirSyntaxException.class, () -> MlirReader.readType(text));

    assertThat(e.problem()).isEqualTo(problem);
    assertThat(e.column()).isEqualTo(column);
  }
}
