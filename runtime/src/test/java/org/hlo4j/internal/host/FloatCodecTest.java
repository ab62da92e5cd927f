package org.hlo4j.internal.host;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.hlo4j.type.ElementType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Narrow floats are what {@code ml_dtypes} and NumPy say; the tables are theirs. */
final class FloatCodecTest {
  private static InputStream open(String name) {
    InputStream in = FloatCodecTest.class.getResourceAsStream("/floats/" + name);
    if (in == null) {
      throw new AssertionError("there is no " + name);
    }
    return in;
  }

  private static List<String[]> table(String name) throws IOException {
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(open(name), StandardCharsets.US_ASCII))) {
      List<String[]> rows = new ArrayList<>();
      reader.lines().forEach(line -> rows.add(line.split(",", -1)));
      return rows;
    }
  }

  private static ElementType typeOf(String column) {
    ElementType type = ElementType.ofText(column);
    if (type == null) {
      throw new AssertionError("no type " + column);
    }
    return type;
  }

  private static float number(String bits) {
    return Float.intBitsToFloat(Integer.parseUnsignedInt(bits, 16));
  }

  @Test
  void thousandsOfFloatsAreRoundedAsPythonRoundsThem() throws IOException {
    List<String[]> table = table("encode.csv");
    String[] header = table.get(0);
    int checked = 0;
    for (int column = 1; column < header.length; column++) {
      FloatCodec codec = FloatCodec.of(typeOf(header[column]));
      boolean numPyKeepsPayload = header[column].equals("f16");
      for (String[] row : table.subList(1, table.size())) {
        float value = number(row[0]);
        int expected = Integer.parseInt(row[column], 16);
        if (numPyKeepsPayload && Float.isNaN(value)) {
          assertThat(codec.decode(codec.encode(value))).isNaN();
          assertThat(codec.encode(value) & 0x8000).isEqualTo(expected & 0x8000);
        } else {
          assertWithMessage("%s of %s = %s", header[column], row[0], value)
              .that(codec.encode(value))
              .isEqualTo(expected);
        }
        checked++;
      }
    }
    assertThat(checked).isGreaterThan(50_000);
  }

  @ParameterizedTest
  @EnumSource(names = {"F16", "BF16"})
  void theShortCutsForSixteenBitFloatsAgreeWithTheTable(ElementType type) throws IOException {
    List<String[]> table = table("encode.csv");
    float[] values = new float[table.size() - 1];
    for (int i = 0; i < values.length; i++) {
      values[i] = number(table.get(i + 1)[0]);
    }
    MemorySegment codes = MemorySegment.ofArray(new short[values.length]);
    float[] back = new float[values.length];

    ArrayConversion.write(type, values, codes);
    ArrayConversion.read(type, codes, back);

    FloatCodec codec = FloatCodec.of(type);
    for (int i = 0; i < values.length; i++) {
      short code = codes.getAtIndex(ValueLayout.JAVA_SHORT, i);
      if (!Float.isNaN(values[i]) || type == ElementType.BF16) {
        assertWithMessage("%s of %s", type, values[i])
            .that(code)
            .isEqualTo((short) codec.encode(values[i]));
      }
      assertThat(back[i]).isEqualTo(codec.decode(code));
    }
  }

  @Test
  void eachCodeOfAnEightBitFloatIsDecodedExactly() throws IOException {
    List<String[]> table = table("decode.csv");
    String[] header = table.get(0);
    assertThat(header).hasLength(10);
    for (int column = 1; column < header.length; column++) {
      FloatCodec codec = FloatCodec.of(typeOf(header[column]));
      for (String[] row : table.subList(1, table.size())) {
        if (!row[column].isEmpty()) {
          assertWithMessage("%s of %s", header[column], row[0])
              .that(codec.decode(Integer.parseInt(row[0], 16)))
              .isEqualTo(number(row[column]));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"F16", "BF16"})
  void eachCodeOfASixteenBitFloatIsDecodedExactly(ElementType type) throws IOException {
    FloatCodec codec = FloatCodec.of(type);
    try (DataInputStream in =
        new DataInputStream(new GZIPInputStream(open(type.text() + ".decoded.gz")))) {
      for (int code = 0; code < 1 << 16; code++) {
        assertWithMessage("%s of %s", type, code)
            .that(codec.decode(code))
            .isEqualTo(in.readFloat());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "F4E2M1FN",
        "F8E3M4",
        "F8E4M3",
        "F8E4M3B11FNUZ",
        "F8E4M3FN",
        "F8E4M3FNUZ",
        "F8E5M2",
        "F8E5M2FNUZ",
        "F8E8M0FNU",
        "F16",
        "BF16"
      })
  void whatIsDecodedIsEncodedToTheSameCode(ElementType type) {
    FloatCodec codec = FloatCodec.of(type);
    for (int code = 0; code < 1 << type.bits(); code++) {
      float value = codec.decode(code);
      if (Float.isNaN(value)) {
        assertThat(codec.decode(codec.encode(value))).isNaN();
      } else {
        assertThat(codec.encode(value)).isEqualTo(code);
      }
    }
  }
}
