package org.hlo4j.internal.mlir.text;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.hlo4j.Program;
import org.hlo4j.error.CompilationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ProgramTextTest {
  private static final String PROGRAM =
      """
      // größer als ½
      func.func @main(%x: tensor<3xf32>) -> tensor<3xf32> {
        return %x : tensor<3xf32>
      }
      """;

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE"})
  void aTextIsReadInEachEncodingWithAndWithoutAByteOrderMark(String charset) {
    Charset encoding = Charset.forName(charset);

    assertThat(ProgramText.decode(PROGRAM.getBytes(encoding))).isEqualTo(PROGRAM);
    assertThat(ProgramText.decode(("\uFEFF" + PROGRAM).getBytes(encoding))).isEqualTo(PROGRAM);
  }

  @Test
  void aProgramWithAByteOrderMarkIsRead() {
    Program program = Program.of("\uFEFF" + PROGRAM);

    assertThat(program.text()).isEqualTo(PROGRAM);
    assertThat(program.inputs().get(0).name()).isEqualTo("x");
  }

  @Test
  void anEmptyFileIsAnEmptyText() {
    assertThat(ProgramText.decode(new byte[0])).isEmpty();
    assertThat(ProgramText.decode("\uFEFF".getBytes(StandardCharsets.UTF_8))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "666f6f0ae4|this is neither text nor MLIR bytecode: byte 4, in line 2, is not UTF-8",
        "fffe6100d8|this is neither text nor MLIR bytecode: byte 4, in line 1, is not UTF-16LE",
        "61620063|this is neither text nor MLIR bytecode: it has zero bytes",
        "89504e470d0a1a0a|this is neither text nor MLIR bytecode: byte 0, in line 1, is not UTF-8",
      })
  void whatIsNoTextIsRefused(String hex, String message) {
    byte[] bytes = HexFormat.of().parseHex(hex);

    CompilationException refused =
        assertThrows(CompilationException.class, () -> ProgramText.decode(bytes));

    assertThat(refused).hasMessageThat().isEqualTo(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "func.func @main(%x: tensor<f32> [unknown]) -> tensor<f32> { return %x : tensor<f32> }",
        "func.func @main(%x: tensor<f32> \"x\") -> tensor<f32> { return %x : tensor<f32> }",
        "func.func @main(%x: tensor<f32> a.py:1:2) -> tensor<f32> { return %x : tensor<f32> }",
        "func.func @main(%x: tensor<f32>) -> tensor<f32> { return %x : tensor<f32> [unknown] }",
        "func.func @main(%x: tensor<f32>) -> tensor<f32> { return %x : tensor<f32> } [unknown]",
      })
  void locationsForPeopleAreIdentified(String program) {
    CompilationException refused =
        assertThrows(CompilationException.class, () -> Program.of(program));

    assertThat(refused).hasMessageThat().contains("a location in MLIR's pretty debug form");
    assertThat(refused).hasMessageThat().contains("without pretty_debug_info");
  }
}
