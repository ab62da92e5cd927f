package org.hlo4j.internal.host;

import org.jspecify.annotations.Nullable;

/** Converts boxed scalars to arrays of one element. */
final class Scalars {
  private Scalars() {}

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
}
