package org.hlo4j.internal.mlir.rewrite;

import static com.google.common.truth.Truth.assertThat;

import org.hlo4j.internal.mlir.analysis.EntryPoint;
import org.hlo4j.internal.mlir.model.MlirModule;
import org.hlo4j.internal.mlir.syntax.MlirReader;
import org.junit.jupiter.api.Test;

/** XLA's errors are shown at the user's lines, so what XLA gets must keep them. */
final class EntryEditorTest {
  @Test
  void aResultsTypeOfSeveralLinesMovesNothingBelow() {
    String text =
        """
        func.func @main(%x: tensor<4xf32>) -> (tensor<4xf32>, tensor<
            4xf32>) {
          %0 = stablehlo.negate %x : tensor<4xf32>
          return %x, %0 : tensor<4xf32>, tensor<4xf32>
        }
        func.func private @below() {
          return
        }
        """;
    MlirModule module = MlirReader.read(text);

    String edited = AliasPlan.of(module, EntryPoint.of(module)).text();

    assertThat(edited).isNotEqualTo(text);
    assertThat(lineOf("@below", edited)).isEqualTo(lineOf("@below", text));
  }

  private static long lineOf(String part, String text) {
    return text.lines().takeWhile(line -> !line.contains(part)).count();
  }
}
