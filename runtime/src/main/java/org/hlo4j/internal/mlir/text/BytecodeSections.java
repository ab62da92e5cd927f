package org.hlo4j.internal.mlir.text;

/**
 * Iterates over the sections of MLIR bytecode: a version, the producer's name up to a NUL, and
 * sections, each with an identifier, a length, and possibly an alignment.
 */
final class BytecodeSections {
  private static final int ALIGNED = 0x80;
  private static final int LONGEST_NUMBER = 8;

  private final byte[] content;
  private int place;

  private BytecodeSections(byte[] content, int start) {
    this.content = content;
    this.place = start;
  }

  /**
   * Returns whether the sections end at the end of the file.
   *
   * @param start the offset of the version
   */
  static boolean fill(byte[] content, int start) {
    BytecodeSections sections = new BytecodeSections(content, start);
    return sections.number() >= 0 && sections.skipProducer() && sections.skipSections();
  }

  private boolean skipProducer() {
    while (place < content.length && content[place] != 0) {
      place++;
    }
    place++;
    return place <= content.length;
  }

  private boolean skipSections() {
    while (place < content.length) {
      boolean isAligned = (content[place] & ALIGNED) != 0;
      place++;
      long length = number();
      if (length < 0 || (isAligned && !align(number())) || length > content.length - place) {
        return false;
      }
      place += (int) length;
    }
    return true;
  }

  private boolean align(long alignment) {
    if (alignment < 1) {
      return false;
    }
    long aligned = Math.ceilDiv((long) place, alignment) * alignment;
    if (aligned < place || aligned > content.length) {
      return false;
    }
    place = (int) aligned;
    return true;
  }

  /**
   * Returns the next number, or -1 if it is truncated or negative. The number of trailing zeros in
   * its first byte is the number of bytes that follow; a zero byte is followed by eight.
   */
  private long number() {
    if (place >= content.length) {
      return -1;
    }
    int first = content[place] & 0xFF;
    int bytes = first == 0 ? LONGEST_NUMBER : Integer.numberOfTrailingZeros(first) + 1;
    int start = first == 0 ? place + 1 : place;
    if (bytes > content.length - start) {
      return -1;
    }
    long number = 0;
    for (int i = bytes - 1; i >= 0; i--) {
      number = number << Byte.SIZE | (content[start + i] & 0xFF);
    }
    place = start + bytes;
    return first == 0 ? number : number >>> bytes;
  }
}
