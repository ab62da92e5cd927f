package org.hlo4j.data;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * The bytes of a file or part of a file, with accessors for little-endian numbers. Access beyond
 * the end is rejected.
 *
 * @param file the prefix of messages
 */
record Bytes(String file, MemorySegment memory) {
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  long size() {
    return memory.byteSize();
  }

  /** Returns a slice, which must lie entirely within these bytes. */
  MemorySegment slice(long offset, long size, String what) {
    if (offset < 0 || size < 0 || offset > size() || size > size() - offset) {
      throw refusal(
          "%s needs %s bytes at offset %s, but there are only %d",
          what, Long.toUnsignedString(size), Long.toUnsignedString(offset), size());
    }
    return memory.asSlice(offset, size);
  }

  int unsignedByte(long offset, String what) {
    return Byte.toUnsignedInt(slice(offset, 1, what).get(ValueLayout.JAVA_BYTE, 0));
  }

  int unsignedShort(long offset, String what) {
    return Short.toUnsignedInt(slice(offset, Short.BYTES, what).get(SHORT, 0));
  }

  long unsignedInt(long offset, String what) {
    return Integer.toUnsignedLong(slice(offset, Integer.BYTES, what).get(INT, 0));
  }

  /** Returns a 64-bit number; values of 2^63 and above are negative. */
  long unsignedLong(long offset, String what) {
    return slice(offset, Long.BYTES, what).get(LONG, 0);
  }

  boolean startsWith(byte... prefix) {
    return size() >= prefix.length
        && memory.asSlice(0, prefix.length).mismatch(MemorySegment.ofArray(prefix)) < 0;
  }

  FileFormatException refusal(String format, Object... arguments) {
    return new FileFormatException(file, format, arguments);
  }

  FileFormatException refusal(String problem) {
    return new FileFormatException(file, problem);
  }
}
