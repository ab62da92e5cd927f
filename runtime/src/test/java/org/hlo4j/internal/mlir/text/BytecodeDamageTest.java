package org.hlo4j.internal.mlir.text;

import static com.google.common.truth.Truth.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.hlo4j.Program;
import org.hlo4j.error.CompilationException;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BytecodeDamageTest {
  private static final String FILTERED =
      "was filtered as text, which destroyed it; exclude it from resource filtering (in"
          + " Maven, by nonFilteredFileExtensions of maven-resources-plugin)";
  private static final String DAMAGED = "is damaged: its sections do not fill the file.";

  private static byte[] bytecode(String name) throws IOException {
    try (InputStream in = BytecodeDamageTest.class.getResourceAsStream("/org/hlo4j/" + name)) {
      return Objects.requireNonNull(in).readAllBytes();
    }
  }

  private static byte[] filtered(byte[] content, Charset charset) {
    return new String(content, charset).getBytes(charset);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "axpy.mlirbc",
        "column_major_input.mlirbc",
        "column_major_output.mlirbc",
        "default_layouts.mlirbc"
      })
  void whatWasExportedIsWhole(String name) throws IOException {
    byte[] content = bytecode(name);

    assertThat(Bytecode.isBytecode(content)).isTrue();
    assertThat(Bytecode.damage(content)).isEmpty();
  }

  @Test
  void aCutInsideOfASectionShows() throws IOException {
    byte[] content = bytecode("axpy.mlirbc");

    assertThat(Bytecode.damage(Arrays.copyOf(content, content.length - 1)).orElseThrow())
        .startsWith(DAMAGED);
    assertThat(Bytecode.damage(Arrays.copyOf(content, 100)).orElseThrow()).startsWith(DAMAGED);
    assertThat(Bytecode.damage(Arrays.copyOf(content, content.length + 1)).orElseThrow())
        .startsWith(DAMAGED);
  }

  @Test
  void bytecodeThatWasReadAndWrittenAsTextIsFound() throws IOException {
    byte[] content = bytecode("axpy.mlirbc");

    assertThat(Bytecode.damage(filtered(content, StandardCharsets.UTF_8))).hasValue(FILTERED);
    assertThat(Bytecode.damage(filtered(content, StandardCharsets.US_ASCII))).hasValue(FILTERED);
  }

  @Test
  void replacedTokensAndEndsOfLinesAreFoundByTheLengthsOfSections() throws IOException {
    String latin = new String(bytecode("axpy.mlirbc"), StandardCharsets.ISO_8859_1);

    assertThat(latin).contains("func");
    byte[] replaced = latin.replace("func", "Acme Corp.").getBytes(StandardCharsets.ISO_8859_1);
    assertThat(Bytecode.damage(replaced).orElseThrow()).startsWith(DAMAGED);
    byte[] converted = (latin + "\n").replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    assertThat(Bytecode.damage(converted).orElseThrow()).startsWith(DAMAGED);
  }

  @Test
  void whatIsNoBytecodeIsNotDamaged() {
    assertThat(Bytecode.damage(new byte[0])).isEmpty();
    assertThat(Bytecode.damage("module {}".getBytes(StandardCharsets.UTF_8))).isEmpty();
    assertThat(Bytecode.damage("MLR".getBytes(StandardCharsets.UTF_8))).isEmpty();
  }

  @Test
  void aProgramIsNotMadeOfWhatWasFiltered() throws IOException {
    byte[] content = filtered(bytecode("axpy.mlirbc"), StandardCharsets.UTF_8);

    CompilationException e =
        Assertions.assertThrows(
            CompilationException.class,
            () -> Program.ofBytecode(content, "(%x: tensor<4xf32>) -> tensor<4xf32>"));
    assertThat(e).hasMessageThat().isEqualTo("This bytecode " + FILTERED);
  }
}
