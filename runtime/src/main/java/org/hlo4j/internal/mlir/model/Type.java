package org.hlo4j.internal.mlir.model;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A type with its aliases resolved. Types are equal if they have the same parts, whatever the white
 * space between them.
 */
public sealed interface Type permits RankedTensorType, FunctionType, OpaqueType {
  /** Returns the type in MLIR syntax, such as {@code tensor<2x3xf32>}. */
  default String text() {
    return toString();
  }

  /** Returns the texts of types, separated by commas. */
  static String join(List<? extends Type> types) {
    return types.stream().map(Type::text).collect(Collectors.joining(", "));
  }
}
