package org.hlo4j.data;

/**
 * The location of a ZIP archive's directory, from the end record.
 *
 * @param count the number of members
 */
record ZipEnd(long directoryOffset, long directoryEnd, long count) {
  private static final long END = 0x06054b50L;
  private static final int END_SIZE = 22;
  private static final int LONGEST_COMMENT = 0xFFFF;
  private static final long LOCATOR = 0x07064b50L;
  private static final int LOCATOR_SIZE = 20;
  private static final long END64 = 0x06064b50L;
  private static final int END64_SIZE = 56;
  private static final int SMALLEST_ENTRY = 46;

  static ZipEnd find(Bytes bytes) {
    long at = position(bytes);
    ZipEnd end = read(bytes, at);
    if (end.directoryOffset < 0
        || end.directoryOffset > end.directoryEnd
        || end.directoryEnd > at
        || end.count < 0
        || end.count > (end.directoryEnd - end.directoryOffset) / SMALLEST_ENTRY) {
      throw bytes.refusal("the archive's directory is not where its end record says");
    }
    return end;
  }

  /**
   * Returns the last offset at which an end record with its comment extends to the end of the file.
   */
  private static long position(Bytes bytes) {
    long first = Math.max(0, bytes.size() - END_SIZE - LONGEST_COMMENT);
    for (long at = bytes.size() - END_SIZE; at >= first; at--) {
      if (bytes.unsignedInt(at, "an end") == END
          && at + END_SIZE + bytes.unsignedShort(at + 20, "a length") == bytes.size()) {
        return at;
      }
    }
    throw bytes.refusal("the archive has no end record: it is truncated, or has trailing data");
  }

  private static ZipEnd read(Bytes bytes, long at) {
    long count = bytes.unsignedShort(at + 10, "a count");
    long size = bytes.unsignedInt(at + 12, "a size");
    long offset = bytes.unsignedInt(at + 16, "an offset");
    boolean large = count == 0xFFFF || size == 0xFFFFFFFFL || offset == 0xFFFFFFFFL;
    if (large && at >= LOCATOR_SIZE && bytes.unsignedInt(at - LOCATOR_SIZE, "an end") == LOCATOR) {
      return read64(bytes, at - LOCATOR_SIZE);
    }
    boolean isSingle =
        bytes.unsignedShort(at + 4, "a number") == 0
            && bytes.unsignedShort(at + 6, "a number") == 0
            && bytes.unsignedShort(at + 8, "a count") == count;
    return checked(bytes, at, offset, size, count, isSingle);
  }

  private static ZipEnd read64(Bytes bytes, long locator) {
    long at = bytes.unsignedLong(locator + 8, "an offset");
    if (at < 0 || at > locator - END64_SIZE || bytes.unsignedInt(at, "an end") != END64) {
      throw bytes.refusal("the archive's ZIP64 end record is misplaced");
    }
    long count = bytes.unsignedLong(at + 32, "a count");
    boolean isSingle =
        bytes.unsignedInt(at + 16, "a number") == 0
            && bytes.unsignedInt(at + 20, "a number") == 0
            && bytes.unsignedLong(at + 24, "a count") == count;
    long size = bytes.unsignedLong(at + 40, "a size");
    long offset = bytes.unsignedLong(at + 48, "an offset");
    return checked(bytes, at, offset, size, count, isSingle);
  }

  private static ZipEnd checked(
      Bytes bytes, long at, long offset, long size, long count, boolean isSingle) {
    if (!isSingle) {
      throw bytes.refusal("the archive is one of several parts");
    }
    if (offset < 0 || size < 0 || offset > at || size != at - offset) {
      throw bytes.refusal("the archive's directory is not where its end record says");
    }
    return new ZipEnd(offset, offset + size, count);
  }
}
