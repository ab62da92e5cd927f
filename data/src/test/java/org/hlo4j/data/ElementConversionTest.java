package org.hlo4j.data;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.hlo4j.HostTensor;
import org.hlo4j.data.internal.element.FileType;
import org.hlo4j.data.internal.element.NativeCopy;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.type.ElementType;
import org.hlo4j.type.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers become those of another element type, or are refused. */
final class ElementConversionTest {
  private static FileTensor tensor(ElementType type, Object array, int size) {
    Shape shape = Shape.of(type, size);
    return FileTensor.of(
        "f.npz",
        "x",
        FileType.known(type.text(), type),
        shape,
        HostTensor.allocate(shape).set(array)::segment);
  }

  private static String converted(ElementType from, Object array, int size, ElementType to) {
    Object values = tensor(from, array, size).converted(to).toHostTensor().toArray();
    return switch (values) {
      case float[] floats -> Arrays.toString(floats);
      case double[] doubles -> Arrays.toString(doubles);
      case byte[] bytes -> Arrays.toString(bytes);
      case short[] shorts -> Arrays.toString(shorts);
      case int[] ints -> Arrays.toString(ints);
      case long[] longs -> Arrays.toString(longs);
      default -> values.toString();
    };
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "BF16|F32|1.5",
        "F32|BF16|1.5",
        "F64|F16|1.5",
        "F8E4M3FN|F32|1.5",
        "F32|F8E5M2|1.5",
        "F64|F32|0.1",
      })
  void floatsBecomeTheNearest(ElementType from, ElementType to, double value) {
    Object array = from == ElementType.F64 ? new double[] {value} : new float[] {(float) value};

    assertThat(converted(from, array, 1, to)).isEqualTo("[" + (float) value + "]");
  }

  /**
   * 1 + 2^-8 is the tie between two bf16; what lies above it by less than a float shows goes up.
   */
  @Test
  void noNumberIsRoundedTwice() {
    double tie = 1 + Math.scalb(1.0, -8);
    double[] values = {tie, Math.nextUp(tie), Math.nextDown(tie), -Math.nextUp(tie)};

    assertThat(converted(ElementType.F64, values, 4, ElementType.BF16))
        .isEqualTo("[1.0, 1.0078125, 1.0, -1.0078125]");
  }

  @Test
  void integersBecomeTheNearestFloats() {
    long tie = (1L << 60) + (1L << 36);
    long[] values = {3, -5, tie, tie + 1, -tie - 1};

    assertThat(converted(ElementType.I64, values, 5, ElementType.F32))
        .isEqualTo(
            Arrays.toString(
                new float[] {3, -5, 1L << 60, (1L << 60) + (1L << 37), -(1L << 60) - (1L << 37)}));
    assertThat(converted(ElementType.U64, new long[] {-1}, 1, ElementType.F64))
        .isEqualTo("[1.8446744073709552E19]");
  }

  @Test
  void integersStayWhatTheyAre() {
    assertThat(converted(ElementType.I64, new long[] {-128, 127}, 2, ElementType.I8))
        .isEqualTo("[-128, 127]");
    assertThat(converted(ElementType.U8, new byte[] {(byte) 200}, 1, ElementType.I32))
        .isEqualTo("[200]");
    assertThat(converted(ElementType.I4, new byte[] {-8, 7}, 2, ElementType.I16))
        .isEqualTo("[-8, 7]");
  }

  @Test
  void whatIsNoNumberStaysSo() {
    float[] values = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY};

    assertThat(converted(ElementType.F32, values, 3, ElementType.F16))
        .isEqualTo("[NaN, Infinity, -Infinity]");
  }

  private static String refusal(ElementType from, Object array, ElementType to) {
    return String.valueOf(
        assertThrows(ArgumentException.class, () -> converted(from, array, 2, to)).getMessage());
  }

  @Test
  void whatIsBeyondTheRangeIsRefused() {
    assertThat(refusal(ElementType.F32, new float[] {1, 70000}, ElementType.F16))
        .isEqualTo(
            "f.npz: x cannot be converted from f32 to f16: 70000.0, at element 1, is out of"
                + " range");
    assertThat(refusal(ElementType.F64, new double[] {1e39, 1}, ElementType.BF16))
        .contains("1.0E39, at element 0, is out of range");
    assertThat(refusal(ElementType.F64, new double[] {1e39, 1}, ElementType.F32))
        .contains("1.0E39, at element 0, is out of range");
    assertThat(refusal(ElementType.I32, new int[] {1, 128}, ElementType.I8))
        .contains("128, at element 1, is out of range");
    assertThat(refusal(ElementType.I32, new int[] {-1, 1}, ElementType.U64))
        .contains("-1, at element 0, is out of range");
    assertThat(refusal(ElementType.U64, new long[] {1, -1}, ElementType.I64))
        .contains("18446744073709551615, at element 1, is out of range");
  }

  @ParameterizedTest
  @CsvSource({"F32,I32", "C64,C128", "F32,F4E2M1FN", "F8E8M0FNU,F32", "F32,I1"})
  void otherConversionsAreRefused(ElementType from, ElementType to) {
    FileTensor tensor =
        FileTensor.of(
            "f.npz",
            "x",
            FileType.known(from.text(), from),
            Shape.of(from, 0),
            () -> NativeCopy.allocate(0));

    assertThat(assertThrows(ArgumentException.class, () -> tensor.converted(to)))
        .hasMessageThat()
        .isEqualTo("f.npz: the %s x cannot be converted to %s".formatted(from, to));
  }
}
