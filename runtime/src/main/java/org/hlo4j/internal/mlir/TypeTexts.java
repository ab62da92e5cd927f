package org.hlo4j.internal.mlir;

import java.util.List;
import java.util.stream.Collectors;

/** Writes lists of types. */
final class TypeTexts {
  private TypeTexts() {}

  static String join(List<? extends Type> types) {
    return types.stream().map(Type::text).collect(Collectors.joining(", "));
  }
}
