package org.hlo4j.type;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hlo4j.annotation.TensorType;
import org.jspecify.annotations.Nullable;

/**
 * An element type and dimensions, row-major: what XLA calls a shape and StableHLO a ranked tensor
 * type with static dimensions. Immutable; safe for use by many threads.
 */
public final class Shape {
  /** Blanks beside a bracket, or beside the x between dimensions: none are in a number or name. */
  private static final Pattern BLANKS =
      Pattern.compile("(?<=^|[^\\w\\s]|x)\\s+|\\s+(?=x|[^\\w\\s]|$)");

  /** One dimension of those at the beginning, with the x after it if there is one. */
  private static final Pattern DIMENSION = Pattern.compile("\\G([0-9]+)(x?)");

  private static final ClassValue<Shape> OF_TYPE =
      new ClassValue<>() {
        @Override
        protected Shape computeValue(Class<?> type) {
          return ofAnnotated(type);
        }
      };

  private final ElementType elementType;
  private final long[] dimensions;
  private final long elementCount;
  private final String text;

  private Shape(ElementType elementType, long[] dimensions) {
    this.elementType = elementType;
    this.dimensions = dimensions;
    this.text = render(elementType, dimensions);
    this.elementCount = countElements();
  }

  /**
   * A shape of an element type and dimensions.
   *
   * @throws IllegalArgumentException if a dimension is negative, or if the size in bytes does not
   *     fit a {@code long}
   */
  public static Shape of(ElementType elementType, long... dimensions) {
    return new Shape(elementType, dimensions.clone());
  }

  /**
   * The shape that a tensor type declares with {@link TensorType}.
   *
   * @throws IllegalArgumentException if {@code type} has no such annotation, or one that disagrees
   *     with the marker that the type extends
   */
  public static Shape of(Class<? extends Element> type) {
    return OF_TYPE.get(type);
  }

  /**
   * Reads a tensor type with static dimensions, such as {@code tensor<100x100xf32>}. Blanks are
   * allowed around tokens.
   *
   * @throws IllegalArgumentException if {@code text} is something else
   */
  public static Shape parse(String text) {
    String compact = BLANKS.matcher(text).replaceAll("");
    if (!compact.startsWith("tensor<") || !compact.endsWith(">")) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a tensor type such as tensor<2x3xf32>");
    }
    String body = compact.substring("tensor<".length(), compact.length() - 1);
    List<Long> dimensions = new ArrayList<>();
    int start = 0;
    Matcher dimension = DIMENSION.matcher(body);
    while (dimension.find()) {
      if (dimension.group(2).isEmpty()) {
        throw new IllegalArgumentException("'" + text + "' lacks an x after " + dimension.group(1));
      }
      dimensions.add(parseDimension(dimension.group(1), text));
      start = dimension.end();
    }
    String element = body.substring(start);
    if (element.startsWith("?")) {
      throw new IllegalArgumentException(
          "'" + text + "' has a dynamic dimension; only static dimensions are supported");
    }
    ElementType elementType = ElementType.ofText(element);
    if (elementType == null) {
      throw new IllegalArgumentException(
          "'" + text + "' has an unknown element type '" + element + "'");
    }
    return new Shape(elementType, dimensions.stream().mapToLong(Long::longValue).toArray());
  }

  private static Shape ofAnnotated(Class<?> type) {
    TensorType annotation = type.getAnnotation(TensorType.class);
    if (annotation == null) {
      throw new IllegalArgumentException(
          type.getName() + " has no @TensorType, so it names no shape");
    }
    Shape shape = parse(annotation.value());
    if (!shape.elementType().marker().isAssignableFrom(type)) {
      throw new IllegalArgumentException(
          "%s is annotated %s, but does not extend %s"
              .formatted(type.getName(), shape, shape.elementType().marker().getSimpleName()));
    }
    return shape;
  }

  private static long parseDimension(String digits, String text) {
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "'" + text + "' has a dimension beyond 2^63: " + digits, e);
    }
  }

  private static String render(ElementType elementType, long[] dimensions) {
    StringBuilder out = new StringBuilder("tensor<");
    for (long dimension : dimensions) {
      out.append(dimension).append('x');
    }
    return out.append(elementType.text()).append('>').toString();
  }

  private long countElements() {
    long count = 1;
    try {
      for (long dimension : dimensions) {
        if (dimension < 0) {
          throw new IllegalArgumentException(text + " has a negative dimension: " + dimension);
        }
        // A zero elsewhere does not make an overflowing size harmless: XLA multiplies in its order.
        count = Math.multiplyExact(count, Math.max(1, dimension));
      }
      Math.multiplyExact(count, elementType.hostBytes());
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(text + " is larger than 2^63 bytes", e);
    }
    return Arrays.stream(dimensions).anyMatch(dimension -> dimension == 0) ? 0 : count;
  }

  /** The type of each element. */
  public ElementType elementType() {
    return elementType;
  }

  /** The number of dimensions; 0 for a scalar. */
  public int rank() {
    return dimensions.length;
  }

  /** The size of a dimension, counted from 0, outermost first. */
  public long dimension(int index) {
    return dimensions[index];
  }

  /** A copy of the dimensions, outermost first. */
  public long[] dimensions() {
    return dimensions.clone();
  }

  /** The number of elements: the product of the dimensions, 1 for a scalar. */
  public long elementCount() {
    return elementCount;
  }

  /** The number of bytes that a tensor of this shape takes in host memory, row-major and dense. */
  public long byteSize() {
    return elementCount * elementType.hostBytes();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof Shape that
            && elementType == that.elementType
            && Arrays.equals(dimensions, that.dimensions));
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** As StableHLO text has it, such as {@code tensor<100x100xf32>}. */
  @Override
  public String toString() {
    return text;
  }
}
