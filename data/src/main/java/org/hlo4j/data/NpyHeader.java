package org.hlo4j.data;

import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The header of an .npy file.
 *
 * @param description a string for a plain type, a list of fields for a structured one
 * @param dataOffset the offset of the elements
 */
record NpyHeader(Object description, boolean fortranOrder, Dimensions dimensions, long dataOffset) {
  /** The end of the largest possible header. */
  static final int LARGEST = 1 << 16;

  private static final int VERSION_AT = 6;
  private static final int LENGTH_AT = 8;
  private static final Set<String> KEYS = Set.of("descr", "fortran_order", "shape");

  static NpyHeader read(Bytes bytes) {
    int version = bytes.unsignedByte(VERSION_AT, "the version");
    if (version < 1 || version > 3) {
      throw bytes.refusal("format version %d is unknown; 1 to 3 are supported", version);
    }
    long length =
        version == 1
            ? bytes.unsignedShort(LENGTH_AT, "the header's length")
            : bytes.unsignedInt(LENGTH_AT, "the header's length");
    int start = LENGTH_AT + (version == 1 ? Short.BYTES : Integer.BYTES);
    if (length > LARGEST - start) {
      throw bytes.refusal("a header of %d bytes is too large", length);
    }
    byte[] text = bytes.slice(start, length, "the header").toArray(ValueLayout.JAVA_BYTE);
    return parse(
        bytes,
        version == 3
            ? Utf8.decode(bytes.file(), "the header", text)
            : new String(text, StandardCharsets.ISO_8859_1),
        start + length);
  }

  private static NpyHeader parse(Bytes bytes, String text, long dataOffset) {
    Map<?, ?> header = PythonLiteral.dictionary(bytes.file(), text);
    Object description = header.get("descr");
    if (description == null
        || !header.keySet().equals(KEYS)
        || !(header.get("fortran_order") instanceof Boolean fortranOrder)
        || !(header.get("shape") instanceof List<?> shape)) {
      throw bytes.refusal("the header must have descr, fortran_order and shape, but has " + header);
    }
    long[] sizes = new long[shape.size()];
    for (int i = 0; i < sizes.length; i++) {
      if (!(shape.get(i) instanceof Long size)) {
        throw bytes.refusal("the shape must consist of integers, but is " + shape);
      }
      sizes[i] = size;
    }
    return new NpyHeader(
        description, fortranOrder, new Dimensions(bytes.file(), sizes), dataOffset);
  }
}
