package org.hlo4j.data;

/**
 * The sizes and offset of a ZIP archive's member; those that exceed 32 bits are in an extra field.
 *
 * @param size the inflated size
 * @param offset the offset of the local header
 */
record Zip64Fields(long size, long storedSize, long offset) {
  private static final long LARGE = 0xFFFFFFFFL;
  private static final int ZIP64 = 1;
  private static final int FIELD_HEADER = 4;

  /** Reads the sizes from an entry of the directory and its extra fields. */
  static Zip64Fields read(Bytes extra, Bytes entry) {
    Bytes large = find(extra);
    long at = 0;
    long[] values = {
      entry.unsignedInt(24, "a size"),
      entry.unsignedInt(20, "a size"),
      entry.unsignedInt(42, "an offset")
    };
    for (int i = 0; i < values.length; i++) {
      if (values[i] == LARGE && large.size() > 0) {
        values[i] = large.unsignedLong(at, "a ZIP64 size");
        at += Long.BYTES;
      }
      if (values[i] < 0) {
        throw extra.refusal("it has %s bytes".formatted(Long.toUnsignedString(values[i])));
      }
    }
    return new Zip64Fields(values[0], values[1], values[2]);
  }

  private static Bytes find(Bytes extra) {
    long at = 0;
    while (extra.size() - at >= FIELD_HEADER) {
      int length = extra.unsignedShort(at + 2, "an extra field");
      Bytes field =
          new Bytes(extra.file(), extra.slice(at + FIELD_HEADER, length, "an extra field"));
      if (extra.unsignedShort(at, "an extra field") == ZIP64) {
        return field;
      }
      at += FIELD_HEADER + length;
    }
    return new Bytes(extra.file(), extra.slice(0, 0, "no field"));
  }
}
