package org.hlo4j.internal.host;

import org.hlo4j.error.ArgumentException;
import org.hlo4j.type.Shape;
import org.jspecify.annotations.Nullable;

/** A boxed primitive: the only element of a tensor of rank 0, which cannot be written. */
final class BoxedScalar extends FlatArray {
  private final Class<?> type;

  /**
   * Creates a scalar.
   *
   * @param array an array of the value alone
   */
  BoxedScalar(Shape shape, Object value, Object array) {
    super(shape, array);
    this.type = value.getClass();
  }

  /** Returns an array of only the value, or null if it is not a boxed primitive. */
  static @Nullable Object arrayOf(Object value) {
    return switch (value) {
      case Boolean v -> new boolean[] {v};
      case Byte v -> new byte[] {v};
      case Short v -> new short[] {v};
      case Integer v -> new int[] {v};
      case Long v -> new long[] {v};
      case Float v -> new float[] {v};
      case Double v -> new double[] {v};
      default -> null;
    };
  }

  @Override
  void check() {
    if (shape.rank() != 0) {
      throw new ArgumentException(
          "%s takes %s elements, not a single %s"
              .formatted(shape, shape.elementCount(), type.getSimpleName()));
    }
    super.check();
  }

  @Override
  void checkTarget() {
    throw wrongType(shape, type);
  }
}
