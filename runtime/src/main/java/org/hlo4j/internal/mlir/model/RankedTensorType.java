package org.hlo4j.internal.mlir.model;

import java.util.List;
import org.hlo4j.type.ElementType;
import org.hlo4j.type.Shape;
import org.jspecify.annotations.Nullable;

/**
 * A ranked tensor type, whose dimensions may be dynamic, and whose element type may be unsupported.
 *
 * @param dimensions the sizes, outermost first; {@link #DYNAMIC} for a question mark
 * @param element the element type in MLIR syntax, such as {@code f32}
 * @param encoding the encoding, such as {@code #stablehlo.bounds<8, ?>}; null if there is none
 */
public record RankedTensorType(List<Long> dimensions, String element, @Nullable String encoding)
    implements Type {
  /** A dimension whose size is only known at run time. */
  public static final long DYNAMIC = -1;

  public RankedTensorType {
    dimensions = List.copyOf(dimensions);
  }

  /** Returns whether a dimension is dynamic. */
  public boolean isDynamic() {
    return dimensions.contains(DYNAMIC);
  }

  /** Returns the element type, or null if it is not a StableHLO type. */
  public @Nullable ElementType elementType() {
    return ElementType.ofText(element);
  }

  /** Returns the shape, or null for the reason in {@link #shapeProblem()}. */
  public @Nullable Shape shape() {
    ElementType type = elementType();
    return type == null || shapeProblem() != null ? null : Shape.of(type, sizes());
  }

  /** Returns why {@link #shape()} is null, or null if it is not. */
  public @Nullable String shapeProblem() {
    if (isDynamic()) {
      return text() + " has a dynamic dimension; only static ones are supported";
    }
    ElementType type = elementType();
    if (type == null) {
      return text() + " has elements of type " + element + ", which is not supported";
    }
    try {
      Shape.of(type, sizes());
      return null;
    } catch (IllegalArgumentException e) {
      return e.getMessage();
    }
  }

  /** Returns whether the number of elements exceeds a {@code long}, even with a zero dimension. */
  public boolean overflows() {
    long count = 1;
    for (long size : dimensions) {
      long factor = Math.max(1, size);
      if (Math.multiplyHigh(count, factor) != 0 || count * factor < 0) {
        return true;
      }
      count *= factor;
    }
    return false;
  }

  private long[] sizes() {
    return dimensions.stream().mapToLong(Long::longValue).toArray();
  }

  @Override
  public String toString() {
    StringBuilder out = new StringBuilder("tensor<");
    for (long dimension : dimensions) {
      out.append(dimension == DYNAMIC ? "?" : Long.toString(dimension)).append('x');
    }
    return out.append(element)
        .append(encoding == null ? "" : ", " + encoding)
        .append('>')
        .toString();
  }
}
