package org.hlo4j.internal.mlir.syntax;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Objects;
import org.hlo4j.internal.mlir.model.Function;
import org.hlo4j.internal.mlir.model.FunctionArgument;
import org.hlo4j.internal.mlir.model.MlirModule;
import org.hlo4j.internal.mlir.text.MlirSyntaxException;
import org.junit.jupiter.api.Test;

final class SignatureParserTest {
  @Test
  void aSignatureOnItsOwnIsADeclarationWhoseArgumentsHaveNames() {
    MlirModule module =
        Objects.requireNonNull(
            MlirReader.readSignature(
                "main",
                "(%x: tensor<4xf32> {jax.buffer_donor = true}, %y: tensor<i1>) -> (tensor<4xf32>)"));

    Function main = Objects.requireNonNull(module.function("main"));
    assertThat(main.isDeclaration()).isTrue();
    assertThat(main.toString()).isEqualTo("@main : (tensor<4xf32>, tensor<i1>) -> tensor<4xf32>");
    assertThat(main.arguments().stream().map(FunctionArgument::name).toList())
        .containsExactly("%x", "%y")
        .inOrder();
    assertThat(main.arguments().get(0).attributes().has("jax.buffer_donor")).isTrue();
  }

  @Test
  void aSignatureThatGoesOnIsNone() {
    assertThat(MlirReader.readSignature("main", "(%x: tensor<f32>) -> tensor<f32> { return }"))
        .isNull();
  }

  @Test
  void problemsAreShownInTheTextOfTheSignature() {
    assertThat(problem("(%x: tensor<f32>, tensor<f32>)"))
        .isEqualTo(
            """
            line 1, column 19: this argument has no name
            (%x: tensor<f32>, tensor<f32>)
                              ^\
            """);
    assertThat(problem("(%x: tensor<f32>, %x: tensor<f32>)"))
        .startsWith("line 1, column 19: %x is already defined in line 1");
    assertThat(problem("(%x: tensor<f32>")).startsWith("line 1, column 17: expected ')'");
  }

  private static String problem(String signature) {
    MlirSyntaxException e =
        assertThrows(MlirSyntaxException.class, () -> MlirReader.readSignature("main", signature));
    return String.valueOf(e.getMessage());
  }
}
