package org.hlo4j.data.internal.element;

import org.hlo4j.type.ElementType;
import org.jspecify.annotations.Nullable;

/**
 * The type of elements as a file has it.
 *
 * @param name as the file says it
 * @param elementType what programs take it for; null if it is none of StableHLO's types
 * @param note for people: why it cannot be read, or what it may stand for; empty if all is plain
 */
public record FileType(
    String name, @Nullable ElementType elementType, boolean isUntyped, String note) {
  public static FileType known(String name, ElementType elementType) {
    return new FileType(name, elementType, false, "");
  }

  /** Bare bytes, which show as the unsigned integers of their width. */
  static FileType untyped(String name, ElementType unsigned) {
    return new FileType(
        name,
        unsigned,
        true,
        "whose type the file does not say (%s: some type of %s bits)"
            .formatted(name, unsigned.bits()));
  }

  public static FileType unreadable(String name, String why) {
    return new FileType(name, null, false, why);
  }

  /** Whether the elements may be bits of some other type. */
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
