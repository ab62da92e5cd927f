package org.hlo4j.internal.mlir.model;

import java.util.List;
import org.hlo4j.type.ElementType;
import org.hlo4j.type.Shape;
import org.jspecify.annotations.Nullable;

/**
 * A ranked tensor type; its dimensions may be dynamic, and its elements of a type that no device
 * supports.
 *
 * @param dimensions the sizes, outermost first; {@link #DYNAMIC} where the text has a question mark
 * @param element the type of the elements as MLIR text has it, such as {@code f32}
 * @param encoding what follows the element type, such as {@code #stablehlo.bounds<8, ?>}; null if
 *     nothing does
 */
public record RankedTensorType(List<Long> dimensions, String element, @Nullable String encoding)
    implements Type {
  /** Stands for a dimension whose size only a run tells. */
  public static final long DYNAMIC = -1;

  public RankedTensorType {
    dimensions = List.copyOf(dimensions);
  }

  /** Whether a dimension's size is known only when the program runs. */
  public boolean isDynamic() {
    return dimensions.contains(DYNAMIC);
  }

  /** The type of the elements, or null if it is none of StableHLO's plain ones. */
  public @Nullable ElementType elementType() {
    return ElementType.ofText(element);
  }

  /** The shape, or null if this type has none: {@link #shapeProblem()} says why. */
  public @Nullable Shape shape() {
    ElementType type = elementType();
    return type == null || shapeProblem() != null ? null : Shape.of(type, sizes());
  }

  /** Why {@link #shape()} is null, or null if it is not. */
  public @Nullable String shapeProblem() {
    if (isDynamic()) {
      return text() + " has a dynamic dimension; only static dimensions are supported";
    }
    ElementType type = elementType();
    if (type == null) {
      return text() + " has elements of type " + element + ", which devices do not support";
    }
    try {
      Shape.of(type, sizes());
      return null;
    } catch (IllegalArgumentException e) {
      return e.getMessage();
    }
  }

  /**
   * Whether there are more elements than a {@code long} can count. A dimension of zero does not
   * make the others harmless.
   */
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
