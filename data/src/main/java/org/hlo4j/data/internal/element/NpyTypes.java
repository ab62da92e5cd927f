package org.hlo4j.data.internal.element;

import java.nio.ByteOrder;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hlo4j.type.ElementType;
import org.jspecify.annotations.Nullable;

/** NumPy's names for element types. */
public final class NpyTypes {
  private static final Pattern PLAIN = Pattern.compile("([<>|=]?)([A-Za-z]\\d*)(\\[.*])?");

  private static final Map<String, ElementType> TYPES =
      Map.ofEntries(
          Map.entry("b1", ElementType.I1),
          Map.entry("i1", ElementType.I8),
          Map.entry("i2", ElementType.I16),
          Map.entry("i4", ElementType.I32),
          Map.entry("i8", ElementType.I64),
          Map.entry("u1", ElementType.U8),
          Map.entry("u2", ElementType.U16),
          Map.entry("u4", ElementType.U32),
          Map.entry("u8", ElementType.U64),
          // The only self-describing type of ml_dtypes.
          Map.entry("f1", ElementType.F8E5M2),
          Map.entry("f2", ElementType.F16),
          Map.entry("f4", ElementType.F32),
          Map.entry("f8", ElementType.F64),
          Map.entry("c8", ElementType.C64),
          Map.entry("c16", ElementType.C128));

  private static final Map<String, ElementType> UNTYPED =
      Map.of("V1", ElementType.U8, "V2", ElementType.U16);

  private static final Map<Character, String> OTHERS =
      Map.of(
          'O', "Python objects, which require pickle and are never read",
          'U', "text",
          'S', "text",
          'M', "dates",
          'm', "time spans");

  private NpyTypes() {}

  public static FileType read(Object description) {
    if (!(description instanceof String text)) {
      return FileType.unreadable("of fields", "a structured type");
    }
    Matcher plain = PLAIN.matcher(text);
    if (!plain.matches()) {
      return FileType.unreadable(text, "which NumPy does not have");
    }
    String type = String.valueOf(plain.group(2));
    ElementType known = TYPES.get(type);
    ElementType untyped = UNTYPED.get(type);
    if (plain.group(3) == null && known != null) {
      return FileType.known(text, known);
    }
    if (plain.group(3) == null && untyped != null) {
      return FileType.untyped(type, untyped);
    }
    return FileType.unreadable(text, OTHERS.getOrDefault(type.charAt(0), "which StableHLO lacks"));
  }

  public static ByteOrder order(Object description) {
    return switch (description.toString().charAt(0)) {
      case '>' -> ByteOrder.BIG_ENDIAN;
      case '<' -> ByteOrder.LITTLE_ENDIAN;
      default -> ByteOrder.nativeOrder();
    };
  }

  /** Returns the description of elements in the machine's order; raw bytes for some. */
  public static String write(ElementType type) {
    @Nullable String named = nameOf(type);
    String order = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? "<" : ">";
    if (named == null) {
      return "|V" + type.hostBytes();
    }
    return (type.hostBytes() == 1 ? "|" : order) + named;
  }

  private static @Nullable String nameOf(ElementType type) {
    // NumPy itself lacks f1.
    return TYPES.entrySet().stream()
        .filter(entry -> entry.getValue() == type && type != ElementType.F8E5M2)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(null);
  }
}
