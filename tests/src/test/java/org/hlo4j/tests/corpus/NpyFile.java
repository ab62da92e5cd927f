package org.hlo4j.tests.corpus;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The bytes of the elements in a file that NumPy has saved, in C order and little-endian. */
final class NpyFile {
  private static final int HEADER_LENGTH_AT = 8;
  private static final int HEADER_AT = 10;

  private NpyFile() {}

  static MemorySegment elements(byte[] file) {
    int headerLength =
        ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getShort(HEADER_LENGTH_AT);
    String header = new String(file, HEADER_AT, headerLength, StandardCharsets.US_ASCII);
    if (file[6] != 1 || !header.contains("'fortran_order': False")) {
      throw new IllegalArgumentException("not in version 1 and C order: " + header);
    }
    return MemorySegment.ofArray(file).asSlice(HEADER_AT + headerLength);
  }
}
