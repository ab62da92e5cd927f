package org.hlo4j.data;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Reads the directory of a ZIP archive, with ZIP64. {@link java.util.zip.ZipFile} does not provide
 * the offsets of members, which mapping needs. The reader is strict: the two headers of a member
 * must agree, members may not overlap, and nothing may follow the directory.
 */
final class ZipDirectory {
  private static final long CENTRAL = 0x02014b50L;
  private static final int CENTRAL_SIZE = 46;
  private static final long LOCAL = 0x04034b50L;
  private static final int LOCAL_SIZE = 30;

  private static final int ENCRYPTED = 1 | 1 << 6 | 1 << 13;
  private static final int UTF8 = 1 << 11;

  /** The maximum compression ratio of Deflate. */
  private static final long MOST_INFLATED = 1032;

  private final Bytes bytes;
  private final ZipEnd end;
  private final List<Placed> placed = new ArrayList<>();

  /**
   * A member.
   *
   * @param stored its bytes in the archive
   * @param size its inflated size
   */
  record Member(String name, boolean deflated, MemorySegment stored, long size, long crc) {}

  /** A member, and the range of its local header and bytes. */
  private record Placed(Member member, long start, long end) {}

  private ZipDirectory(Bytes bytes) {
    this.bytes = bytes;
    this.end = ZipEnd.find(bytes);
  }

  /** Returns the members in the directory's order. */
  static List<Member> read(Bytes bytes) {
    ZipDirectory directory = new ZipDirectory(bytes);
    directory.readAll();
    directory.checkOverlaps();
    return directory.placed.stream().map(Placed::member).toList();
  }

  private void readAll() {
    long at = end.directoryOffset();
    for (long i = 0; i < end.count(); i++) {
      at = readOne(at);
    }
    if (at != end.directoryEnd()) {
      throw bytes.refusal("the directory must end at %d, but ends at %d", end.directoryEnd(), at);
    }
  }

  /** Reads an entry of the directory and returns the offset of the next one. */
  private long readOne(long at) {
    MemorySegment header = bytes.slice(at, CENTRAL_SIZE, "a directory entry");
    Bytes entry = new Bytes(bytes.file(), header);
    if (entry.unsignedInt(0, "a directory entry") != CENTRAL) {
      throw bytes.refusal("there is no directory entry at " + at);
    }
    int flags = entry.unsignedShort(8, "flags");
    int nameLength = entry.unsignedShort(28, "the length of a name");
    int extraLength = entry.unsignedShort(30, "the length of extra fields");
    long next = at + CENTRAL_SIZE + nameLength + extraLength + entry.unsignedShort(32, "a length");
    if (next > end.directoryEnd()) {
      throw bytes.refusal("a directory entry is longer than the directory");
    }
    byte[] rawName =
        bytes.slice(at + CENTRAL_SIZE, nameLength, "a name").toArray(ValueLayout.JAVA_BYTE);
    String name = name(rawName, (flags & UTF8) != 0);
    Zip64Fields sizes =
        Zip64Fields.read(
            new Bytes(
                bytes.file() + ", member " + name,
                bytes.slice(at + CENTRAL_SIZE + nameLength, extraLength, "extra fields")),
            entry);
    check(name, flags, entry.unsignedShort(10, "the method"), sizes);
    place(name, rawName, entry, sizes);
    return next;
  }

  private String name(byte[] raw, boolean utf8) {
    if (!utf8 && IntStream.range(0, raw.length).anyMatch(i -> raw[i] < 0)) {
      throw bytes.refusal("a member's name is neither ASCII nor marked as UTF-8");
    }
    return utf8
        ? Utf8.decode(bytes.file(), "a member's name", raw)
        : new String(raw, StandardCharsets.US_ASCII);
  }

  private void check(String name, int flags, int method, Zip64Fields sizes) {
    if ((flags & ENCRYPTED) != 0) {
      throw bytes.refusal("the member %s is encrypted", name);
    }
    if (method != 0 && method != 8) {
      throw bytes.refusal(
          "the member %s is compressed by method %d; only stored and deflated members are supported",
          name, method);
    }
    if (method == 0 && sizes.storedSize() != sizes.size()) {
      throw bytes.refusal(
          "the member %s is stored, with %d bytes and with %d",
          name, sizes.storedSize(), sizes.size());
    }
    if (method == 8 && sizes.size() / MOST_INFLATED > sizes.storedSize()) {
      throw bytes.refusal(
          "the member %s has %d bytes, which cannot inflate to %d",
          name, sizes.storedSize(), sizes.size());
    }
  }

  private void place(String name, byte[] rawName, Bytes entry, Zip64Fields sizes) {
    long start = sizes.offset();
    Bytes local =
        new Bytes(bytes.file(), bytes.slice(start, LOCAL_SIZE, "the member %s".formatted(name)));
    int nameLength = local.unsignedShort(26, "the length of a name");
    boolean same =
        local.unsignedInt(0, "a local header") == LOCAL
            && local.unsignedShort(8, "the method") == entry.unsignedShort(10, "the method")
            && (local.unsignedShort(6, "flags") & ENCRYPTED) == 0
            && nameLength == rawName.length
            && bytes
                    .slice(start + LOCAL_SIZE, nameLength, "a name")
                    .mismatch(MemorySegment.ofArray(rawName))
                < 0;
    if (!same) {
      throw bytes.refusal("the local header of the member %s does not match the directory", name);
    }
    long data =
        start + LOCAL_SIZE + nameLength + local.unsignedShort(28, "the length of extra fields");
    MemorySegment stored = bytes.slice(data, sizes.storedSize(), "the member " + name);
    boolean deflated = entry.unsignedShort(10, "the method") == 8;
    long crc = entry.unsignedInt(16, "a checksum");
    Member member = new Member(name, deflated, stored, sizes.size(), crc);
    placed.add(new Placed(member, start, data + sizes.storedSize()));
  }

  private void checkOverlaps() {
    List<Placed> inOrder = new ArrayList<>(placed);
    inOrder.sort(Comparator.comparingLong(Placed::start));
    for (int i = 0; i < inOrder.size(); i++) {
      long limit = i + 1 < inOrder.size() ? inOrder.get(i + 1).start() : end.directoryOffset();
      if (inOrder.get(i).end() > limit) {
        throw bytes.refusal("the member %s overlaps the next one", inOrder.get(i).member().name());
      }
    }
  }
}
