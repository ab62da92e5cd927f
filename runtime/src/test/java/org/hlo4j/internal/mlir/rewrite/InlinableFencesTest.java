package org.hlo4j.internal.mlir.rewrite;

import static com.google.common.truth.Truth.assertThat;

import org.hlo4j.internal.mlir.syntax.MlirReader;
import org.junit.jupiter.api.Test;

final class InlinableFencesTest {
  private static final String MARK = "mhlo.frontend_attributes = {inlineable = \"false\"}";

  private static String program(String call) {
    return """
    func.func private @hlo4j_fence_1(%%x: tensor<4xf32>) -> tensor<4xf32> {
      %%b = stablehlo.optimization_barrier %%x : tensor<4xf32>
      return %%b : tensor<4xf32>
    }
    func.func private @other(%%x: tensor<4xf32>) -> tensor<4xf32> {
      return %%x : tensor<4xf32>
    }
    func.func @hlo4j_fence_public(%%x: tensor<4xf32>) -> tensor<4xf32> {
      return %%x : tensor<4xf32>
    }
    func.func @main(%%x: tensor<4xf32>) -> tensor<4xf32> {
      %%0 = %s : (tensor<4xf32>) -> tensor<4xf32>
      return %%0 : tensor<4xf32>
    }
    """
        .formatted(call);
  }

  private static void assertInlined(String call, String expected) {
    String inlined = InlinableFences.inlined(program(call));

    assertThat(inlined).isEqualTo(program(expected));
    assertThat(MlirReader.read(inlined).functions()).hasSize(4);
  }

  @Test
  void theMarkIsTakenOut() {
    assertInlined("func.call @hlo4j_fence_1(%x) {" + MARK + "}", "func.call @hlo4j_fence_1(%x) {}");
    assertInlined("call @hlo4j_fence_1(%x) {" + MARK + "}", "call @hlo4j_fence_1(%x) {}");
    assertInlined(
        "\"func.call\"(%x) <{callee = @hlo4j_fence_1}> {" + MARK + "}",
        "\"func.call\"(%x) <{callee = @hlo4j_fence_1}> {}");
  }

  @Test
  void otherAttributesStay() {
    assertInlined(
        "call @hlo4j_fence_1(%x) {a = 1, " + MARK + "}", "call @hlo4j_fence_1(%x) {a = 1}");
    assertInlined(
        "call @hlo4j_fence_1(%x) {" + MARK + " , a = 1}", "call @hlo4j_fence_1(%x) { a = 1}");
    assertInlined(
        "call @hlo4j_fence_1(%x) {a = 1, " + MARK + ", b}", "call @hlo4j_fence_1(%x) {a = 1,  b}");
  }

  @Test
  void whatIsNoFenceStaysAsItIs() {
    for (String call :
        new String[] {
          "call @other(%x) {" + MARK + "}",
          "call @hlo4j_fence_public(%x) {" + MARK + "}",
          "call @hlo4j_fence_1(%x) {mhlo.frontend_attributes = {inlineable = \"true\"}}",
          "call @hlo4j_fence_1(%x) {mhlo.frontend_attributes = {inlineable = \"false\", a ="
              + " \"b\"}}",
          "call @hlo4j_fence_1(%x) {inlineable = \"false\"}",
          "\"test.call\"(%x) {callee = @hlo4j_fence_1, " + MARK + "}"
        }) {
      assertInlined(call, call);
    }
  }
}
