package org.hlo4j.internal.mlir.text;

import org.jspecify.annotations.Nullable;

/** Parses numbers. */
public final class Numbers {
  private Numbers() {}

  /** The number of a text's digits, perhaps with a sign, or null if it is none that fits. */
  public static @Nullable Long parseLong(String text, int start, int end) {
    try {
      return Long.parseLong(text, start, end, 10);
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
