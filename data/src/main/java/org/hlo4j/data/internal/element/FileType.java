package org.hlo4j.data.internal.element;

import org.hlo4j.type.ElementType;
import org.jspecify.annotations.Nullable;

/**
 * The element type in a file.
 *
 * @param name its name in the file
 * @param elementType the element type for programs; null if StableHLO lacks it
 * @param note for users: why it cannot be read, or its possible meaning; may be empty
 */
public record FileType(
    String name, @Nullable ElementType elementType, boolean isUntyped, String note) {
  public static FileType known(String name, ElementType elementType) {
    return new FileType(name, elementType, false, "");
  }

  /** Returns raw bytes, which appear as unsigned integers of the same width. */
  static FileType untyped(String name, ElementType unsigned) {
    return new FileType(
        name,
        unsigned,
        true,
        "whose type the file does not specify (%s: a type of %s bits)"
            .formatted(name, unsigned.bits()));
  }

  public static FileType unreadable(String name, String why) {
    return new FileType(name, null, false, why);
  }

  /** Returns whether the elements may be the bits of another type. */
  public boolean isBits() {
    return elementType != null
        && switch (elementType) {
          case U8, U16, U32, U64 -> true;
          default -> false;
        };
  }

  public String whyUnreadable() {
    return "elements of the type %s, %s".formatted(name, note);
  }
}
