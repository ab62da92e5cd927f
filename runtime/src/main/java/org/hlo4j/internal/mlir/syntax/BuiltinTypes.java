package org.hlo4j.internal.mlir.syntax;

import java.util.Set;
import org.hlo4j.internal.mlir.text.Characters;

/** The names of MLIR's built-in types, which distinguish types from keywords. */
final class BuiltinTypes {
  private static final Set<String> WITH_PARAMETERS =
      Set.of("tensor", "tuple", "complex", "vector", "memref");
  private static final Set<String> PLAIN = Set.of("index", "none", "bf16", "tf32");

  private BuiltinTypes() {}

  static boolean hasParameters(String name) {
    return WITH_PARAMETERS.contains(name);
  }

  static boolean isName(String name) {
    return WITH_PARAMETERS.contains(name) || PLAIN.contains(name) || isNumeric(name);
  }

  /** Returns whether this names integers or floats: {@code i32}, {@code ui4}, {@code f8E5M2}. */
  private static boolean isNumeric(String name) {
    int letters = name.startsWith("si") || name.startsWith("ui") ? 2 : 1;
    char kind = name.charAt(letters - 1);
    if (name.length() == letters || !(kind == 'i' || kind == 'f')) {
      return false;
    }
    int digits = Characters.digitsEnd(name, letters);
    // Floats of 8 bits and fewer have their format in their names.
    return digits > letters
        && (digits == name.length() || (kind == 'f' && name.charAt(digits) == 'E'));
  }
}
