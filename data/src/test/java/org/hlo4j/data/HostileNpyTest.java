package org.hlo4j.data;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An .npy that lies, or that tries more than to be read. */
@NullUnmarked
final class HostileNpyTest {
  private static final String GOOD = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }";

  private static byte[] npy(int version, int length, String header, int data) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) version, 0});
    for (int i = 0; i < (version == 1 ? 2 : 4); i++) {
      out.write(length >>> (i * 8));
    }
    out.writeBytes(header.getBytes(StandardCharsets.ISO_8859_1));
    out.writeBytes(new byte[data]);
    return out.toByteArray();
  }

  private static FileTensor read(String header, int data) {
    return Resources.open("x.npy", npy(1, header.length(), header, data)).only();
  }

  private static String refusal(byte[] file) {
    FileFormatException refused =
        assertThrows(FileFormatException.class, () -> Resources.open("x.npy", file));
    return refused.getMessage();
  }

  private static String refusal(String header) {
    return refusal(npy(1, header.length(), header, 24));
  }

  @Test
  void aPlainHeaderIsRead() {
    assertThat(read(GOOD, 24).shape().toString()).isEqualTo("tensor<2x3xf32>");
    assertThat(read("{\"shape\":(2L,3),'fortran_order':False,'descr':'<f4'}\n", 24).isReadable())
        .isTrue();
  }

  @Test
  void theSizeHasToBeJustRight() {
    assertThat(refusal(npy(1, GOOD.length(), GOOD, 23)))
        .isEqualTo("x.npy: a tensor<2x3xf32> takes 24 bytes, but 23 follow the header");
    assertThat(refusal(npy(1, GOOD.length(), GOOD, 25)))
        .isEqualTo("x.npy: a tensor<2x3xf32> takes 24 bytes, but 25 follow the header");
  }

  @Test
  void headersThatAreLongerThanTheFileAreRefused() {
    assertThat(refusal(npy(1, 0xFFF0, GOOD, 24))).contains("needs 65520 bytes at offset 10");
    assertThat(refusal(npy(2, 0x7FFFFFFF, GOOD, 24))).contains("is too large");
    assertThat(refusal(npy(2, -1, GOOD, 24))).contains("a header of 4294967295 bytes");
    assertThat(refusal(npy(1, 3, GOOD, 0))).contains("at character 1: a string is not terminated");
  }

  @Test
  void cutHeadersAreRefused() {
    byte[] whole = npy(1, GOOD.length(), GOOD, 24);
    for (int length = 0; length < whole.length; length++) {
      assertThat(refusal(java.util.Arrays.copyOf(whole, length))).startsWith("x.npy: ");
    }
  }

  @Test
  void unknownVersionsAreRefused() {
    assertThat(refusal(npy(0, GOOD.length(), GOOD, 24))).contains("version 0");
    assertThat(refusal(npy(4, GOOD.length(), GOOD, 24))).contains("version 4");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "{}",
        "{'descr': '<f4', 'fortran_order': False}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), 'more': 1}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), 'shape': (2, 3)}",
        "{'descr': '<f4', 'fortran_order': 0, 'shape': (2, 3)}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': 6}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': ('2', 3)}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3)} 1",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2 3)}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3}}",
        "{'descr': '<f4, 'fortran_order': False, 'shape': (2, 3)}",
        "{'descr': '\\x3cf4', 'fortran_order': False, 'shape': (2, 3)}",
        "{'descr': __import__('os').system('true'), 'fortran_order': False, 'shape': (2, 3)}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3.0)}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 1 + 2)}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (-2, -3)}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (-,)}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,)}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (4611686018427387904, 4)}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (4611686018427387904, 4, 0)}",
        "{1: 2}",
        "{'descr' '<f4'}"
      })
  void headersThatAreNoneAreRefused(String header) {
    assertThat(refusal(header)).startsWith("x.npy: ");
  }

  @Test
  void deepBracketsAreRefused() {
    String deep = "{'descr': " + "[".repeat(30_000) + "]".repeat(30_000) + "}";

    assertThat(refusal(deep)).contains("brackets are nested more than 16 deep");
  }

  @Test
  void moreDimensionsThanNumPyHasAreRefused() {
    String many = "1, ".repeat(65);

    assertThat(refusal("{'descr': '<f4', 'fortran_order': False, 'shape': (%s)}".formatted(many)))
        .contains("a tensor has 65 dimensions; at most 64 are allowed");
  }

  @ParameterizedTest
  @CsvSource({
    "<f16, which StableHLO lacks",
    "<V7, which StableHLO lacks",
    "<c4, which StableHLO lacks",
    "<U3, text",
    "|O, never read",
    "<M8[D], dates",
    "'', which NumPy does not have",
    "float32, which NumPy does not have",
    "<f4<f4, which NumPy does not have"
  })
  void otherTypesAreListed(String type, String why) {
    FileTensor tensor =
        read("{'descr': '%s', 'fortran_order': False, 'shape': (2, 3)}".formatted(type), 7);

    assertThat(tensor.isReadable()).isFalse();
    assertThat(tensor.typeName()).isEqualTo(type);
    assertThat(assertThrows(FileFormatException.class, tensor::segment))
        .hasMessageThat()
        .contains(why);
  }

  @Test
  void aDescriptionMayBeOfAnyLiteral() {
    assertThat(read("{'descr': True, 'fortran_order': False, 'shape': ()}", 1).isReadable())
        .isFalse();
  }

  @Test
  void textOfVersionThreeHasToBeUtf8() {
    String header = "{'descr': [('\u00ff', '<f4')], 'fortran_order': False, 'shape': ()}";

    assertThat(refusal(npy(3, header.length(), header, 4))).contains("is not valid UTF-8");
  }

  @Test
  void filesOfOtherFormatsAreRefused() {
    for (String content : new String[] {"", "P", "pickle", "{\"json\": true}", "\u0093NUMP"}) {
      assertThat(refusal(content.getBytes(StandardCharsets.ISO_8859_1)))
          .isEqualTo("x.npy: it does not start like an .npy, .npz or safetensors file");
    }
  }
}
