package org.hlo4j.data;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Safetensors that lie. */
@NullUnmarked
final class HostileSafeTensorsTest {
  private static final String GOOD =
      "{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}";

  private static byte[] file(long length, byte[] header, int data) {
    return ByteBuffer.allocate(Long.BYTES + header.length + data)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(length)
        .put(header)
        .array();
  }

  private static byte[] file(String header, int data) {
    byte[] bytes = header.getBytes(StandardCharsets.UTF_8);
    return file(bytes.length, bytes, data);
  }

  private static String refusal(byte[] file) {
    return assertThrows(FileFormatException.class, () -> Resources.open("x.st", file)).getMessage();
  }

  private static String tensor(String type, String shape, String offsets) {
    return "{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":%s}".formatted(type, shape, offsets);
  }

  private static String two(String offsets, String otherOffsets) {
    return "{\"x\":%s,\"y\":%s}"
        .formatted(tensor("U8", "[4]", offsets), tensor("U8", "[4]", otherOffsets));
  }

  @Test
  void aPlainHeaderIsRead() {
    assertThat(Resources.open("x", file(GOOD + "   ", 8)).only().shape().toString())
        .isEqualTo("tensor<2xf32>");
    assertThat(Resources.open("x", file("{}", 0)).tensors()).isEmpty();
    assertThat(Resources.open("x", file(two("[4,8]", "[0,4]"), 8)).tensors().keySet())
        .containsExactly("x", "y")
        .inOrder();
  }

  @Test
  void headersThatAreLongerThanTheFileAreRefused() {
    byte[] header = GOOD.getBytes(StandardCharsets.UTF_8);

    assertThat(refusal(file(9_999_999, header, 8))).contains("the header needs 9999999 bytes");
    assertThat(refusal(file(100_000_001, header, 8))).contains("at most 100000000 are allowed");
    assertThat(refusal(file(-1, header, 8))).contains("18446744073709551615 bytes");
    assertThat(refusal(file(0, header, 8))).startsWith("x.st: the header");
    assertThat(refusal(file(GOOD, 7)))
        .isEqualTo("x.st: the tensors end at 8, but the file has 7 bytes of data");
    assertThat(refusal(file(GOOD, 9)))
        .isEqualTo("x.st: the tensors end at 8, but the file has 9 bytes of data");
  }

  @Test
  void offsetsHaveToFillTheFile() {
    for (String[] offsets :
        new String[][] {
          {"[0,4]", "[5,9]"},
          {"[0,4]", "[3,7]"},
          {"[0,4]", "[0,4]"},
          {"[1,5]", "[5,9]"},
          {"[0,4]", "[8,4]"},
          {"[0,9223372036854775807]", "[9223372036854775807,4]"}
        }) {
      assertThat(refusal(file(two(offsets[0], offsets[1]), 9))).contains("must begin at ");
    }
    assertThat(refusal(file(two("[0,5]", "[5,9]"), 9)))
        .isEqualTo("x.st: x: a tensor<4xui8> takes 4 bytes, but has 5");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "\"x\"",
        "{",
        "{]",
        "{\"x\":1}",
        "{\"x\":null}",
        "{\"x\":{}}",
        "{'x':{}}",
        "{x:{}}",
        "{} {}",
        "{},",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[2]}}",
        "{\"x\":{\"dtype\":7,\"shape\":[2],\"data_offsets\":[0,8]}}",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":2,\"data_offsets\":[0,8]}}",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}}",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[\"2\"],\"data_offsets\":[0,8]}}",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[2.0],\"data_offsets\":[0,8]}}",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[2e0],\"data_offsets\":[0,8]}}",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[02],\"data_offsets\":[0,8]}}",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[2,],\"data_offsets\":[0,8]}}",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0]}}",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8,8]}}",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,99999999999999999999]}}",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8],\"more\":1}}",
        "{\"x\":{\"dtype\":\"F32\",\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[4611686018427387904,4],\"data_offsets\":[0,8]}}",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[4611686018427387904,4,0],\"data_offsets\":[0,8]}}",
        "{\"\\ud800\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}",
        "{\"__metadata__\":{\"a\":1}}",
        "{\"__metadata__\":[]}",
        "{\"__metadata__\":{\"a\":\"b\",\"a\":\"b\"}}",
        "{\"__metadata__\":{},\"__metadata__\":{}}",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
            + "\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}"
      })
  void headersThatAreNoneAreRefused(String header) {
    assertThat(refusal(file(header, 8))).startsWith("x.st");
  }

  @Test
  void deepJsonIsRefused() {
    String deep = "{\"x\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";

    assertThat(refusal(file(deep, 0))).contains("x must be an object, but is an array");
    assertThat(refusal(file("{\"x\":" + "{\"dtype\":".repeat(100_000), 0))).startsWith("x.st");
  }

  @Test
  void jsonThatIsNoneIsToldInWordsOfOurOwn() {
    assertThat(refusal(file("{\"x\": 'y'}", 0)))
        .isEqualTo("x.st: the header is not valid JSON in line 1, column 8");
    assertThat(refusal(file("{\"x\":{\"dtype\":", 0)))
        .isEqualTo("x.st: the header is not valid JSON: it ends prematurely, in line 1, column 15");
    assertThat(refusal(file("{\"x\":null}", 0)))
        .isEqualTo("x.st: the header: x must be an object, but is null");
  }

  @Test
  void textHasToBeUtf8() {
    byte[] header = GOOD.getBytes(StandardCharsets.UTF_8);
    header[2] = (byte) 0xFF;

    assertThat(refusal(file(header.length, header, 8))).contains("the header is not valid UTF-8");
  }

  @Test
  void typesThatAreUnknownAreListed() {
    FileTensor tensor =
        Resources.open("x", file("{\"x\":%s}".formatted(tensor("F5", "[3]", "[0,2]")), 2)).only();

    assertThat(tensor.toString()).isEqualTo("x: 3 of F5");
    assertThat(assertThrows(FileFormatException.class, tensor::shape))
        .hasMessageThat()
        .isEqualTo(
            "x: x cannot be read: it has elements of the type F5, which this version does not know");
  }

  @Test
  void halvesOfBytesComeInPairs() {
    assertThat(refusal(file("{\"x\":%s}".formatted(tensor("F4", "[3]", "[0,2]")), 2)))
        .contains("x has an odd number of half bytes");
  }
}
