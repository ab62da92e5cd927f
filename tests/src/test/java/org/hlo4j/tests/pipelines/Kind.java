package org.hlo4j.tests.pipelines;

import java.util.Locale;
import java.util.Random;
import org.hlo4j.type.Shape;

/**
 * The types of tensors in random pipelines. All numbers are whole ones: floating-point ones stay so
 * small that each operation on them is exact in any order, and whole ones wrap around.
 */
enum Kind {
  FLOATS("Floats", "F32", "tensor<4xf32>", 4),
  INTS("Ints", "I32", "tensor<2x3xi32>", 6);

  /** What floating-point numbers are less than. */
  private static final int MODULUS = 251;

  private final String type;
  private final String marker;
  private final String text;
  private final int size;

  Kind(String type, String marker, String text, int size) {
    this.type = type;
    this.marker = marker;
    this.text = text;
    this.size = size;
  }

  /** The tensor type's name in Java. */
  String type() {
    return type;
  }

  /** The tensor type's declaration in Java. */
  String declaration() {
    return "@TensorType(\"%s\") public interface %s extends %s {}%n".formatted(text, type, marker);
  }

  /** The type in StableHLO. */
  String text() {
    return text;
  }

  Shape shape() {
    return Shape.parse(text);
  }

  /** A letter that is added to the names of kernels. */
  String suffix() {
    return type.substring(0, 1);
  }

  /** The lines of StableHLO that compute {@code result = x operation y}. */
  String lines(String result, String operation, String x, String y) {
    if (this == INTS) {
      return "%s = stablehlo.%s %s, %s : %s%n".formatted(result, operation, x, y, text);
    }
    return String.format(
        Locale.ROOT,
        """
    %1$s_wide = stablehlo.%2$s %3$s, %4$s : %5$s
    %1$s_limit = stablehlo.constant dense<%6$d.0> : %5$s
    %1$s = stablehlo.remainder %1$s_wide, %1$s_limit : %5$s
    """,
        result,
        operation,
        x,
        y,
        text,
        MODULUS);
  }

  /** The line of StableHLO that makes a constant. */
  String constant(String result, int value) {
    return String.format(
        Locale.ROOT,
        "%s = stablehlo.constant dense<%d%s> : %s%n",
        result,
        value,
        this == INTS ? "" : ".0",
        text);
  }

  /** A number of this type that is the remainder of another. */
  int wrap(int number) {
    return this == INTS ? number : number % MODULUS;
  }

  /** Random numbers for each of some devices. */
  int[][] random(Random random, int devices) {
    int[][] numbers = new int[devices][size];
    for (int[] row : numbers) {
      for (int i = 0; i < size; i++) {
        row[i] = this == INTS ? random.nextInt() : random.nextInt(MODULUS);
      }
    }
    return numbers;
  }

  /** The arrays that hold tensors of this type. */
  Class<?> arrayType() {
    return this == INTS ? int[].class : float[].class;
  }

  /** Numbers as an array of this type. */
  Object toArray(int[] numbers) {
    if (this == INTS) {
      return numbers;
    }
    float[] floats = new float[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      floats[i] = numbers[i];
    }
    return floats;
  }
}
