package org.hlo4j.internal.host;

import java.lang.foreign.MemorySegment;
import java.util.Locale;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.type.Shape;
import org.jspecify.annotations.Nullable;

/** A boxed primitive, which is the only element of a tensor of rank 0 and cannot be written. */
final class BoxedScalar extends HostData {
  private final Object value;
  private final FlatArray array;

  /**
   * A scalar.
   *
   * @param array of the value alone
   */
  BoxedScalar(Shape shape, Object value, FlatArray array) {
    super(shape);
    this.value = value;
    this.array = array;
  }

  /** An array of a value alone, or null if it is no boxed primitive. */
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
    if (shape().rank() != 0) {
      throw new ArgumentException(
          String.format(
              Locale.ROOT,
              "%s takes %d elements, not a single %s",
              shape(),
              shape().elementCount(),
              value.getClass().getSimpleName()));
    }
    array.check();
  }

  @Override
  void checkTarget() {
    throw FlatArray.wrongType(shape(), value.getClass());
  }

  @Override
  void copyTo(MemorySegment target) {
    array.copyTo(target);
  }

  @Override
  void copyFrom(MemorySegment source) {
    throw new AssertionError("a boxed value cannot be written");
  }
}
