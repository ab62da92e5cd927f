package org.hlo4j.internal.pjrt.library;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Checks the headers of a shared library, which the C library does not: it maps a truncated file,
 * and the process crashes on access to missing bytes.
 */
final class ElfFile {
  private static final int MAGIC = 0x7f454c46;
  private static final int HEADER_BYTES = 64;
  private static final int PROGRAM_HEADER_BYTES = 56;
  private static final int SECTION_HEADER_BYTES = 64;
  private static final byte CLASS_64 = 2;
  private static final byte LITTLE_ENDIAN = 1;
  private static final int SHARED_OBJECT = 3;

  /** The ELF machine numbers of Java's architecture names. */
  private static final Map<String, Integer> MACHINES = Map.of("amd64", 62, "aarch64", 183);

  private final FileChannel file;
  private final long size;
  private final String architecture;

  private ElfFile(FileChannel file, String architecture) throws IOException {
    this.file = file;
    this.size = file.size();
    this.architecture = architecture;
  }

  /**
   * Returns why a file is not a complete shared library for this machine, as an unfinished
   * sentence; empty if it may be one.
   */
  static Optional<String> problem(Path library) throws IOException {
    return problem(library, System.getProperty("os.arch", ""));
  }

  static Optional<String> problem(Path library, String architecture) throws IOException {
    try (FileChannel file = FileChannel.open(library)) {
      return new ElfFile(file, architecture).problem();
    }
  }

  private Optional<String> problem() throws IOException {
    if (size == 0) {
      return Optional.of("it is an empty file");
    }
    if (size < Integer.BYTES
        || read(0, Integer.BYTES).order(ByteOrder.BIG_ENDIAN).getInt(0) != MAGIC) {
      return Optional.of("it is not a shared library: it does not begin as an ELF file does");
    }
    if (size < HEADER_BYTES) {
      return truncated("its header ends", HEADER_BYTES);
    }
    ByteBuffer header = read(0, HEADER_BYTES);
    Optional<String> foreign = foreign(header);
    return foreign.isPresent() ? foreign : tables(header);
  }

  /** Returns why a file is not a shared library for this machine, if it is not. */
  private Optional<String> foreign(ByteBuffer header) {
    if (header.get(4) != CLASS_64) {
      return Optional.of("it is a 32-bit library, but this JVM is a 64-bit process");
    }
    if (header.get(5) != LITTLE_ENDIAN) {
      return Optional.of("it is a big-endian library, but this machine is little-endian");
    }
    int machine = Short.toUnsignedInt(header.getShort(18));
    int wanted = MACHINES.getOrDefault(architecture, machine);
    if (machine != wanted) {
      return Optional.of(
          "it is built for another processor: its ELF machine is %s, but %s is %s"
              .formatted(machine, architecture, wanted));
    }
    int type = Short.toUnsignedInt(header.getShort(16));
    return type == SHARED_OBJECT
        ? Optional.empty()
        : Optional.of(
            "it is an ELF file of type %s; a shared library has type %s"
                .formatted(type, SHARED_OBJECT));
  }

  private Optional<String> tables(ByteBuffer header) throws IOException {
    long programHeaders = header.getLong(32);
    int entry = Short.toUnsignedInt(header.getShort(54));
    int count = Short.toUnsignedInt(header.getShort(56));
    if (count == 0 || entry != PROGRAM_HEADER_BYTES) {
      return Optional.of("it is damaged: it has no program headers, or their size is wrong");
    }
    if (isBeyond(programHeaders, (long) count * entry)) {
      return truncated("its program headers end", programHeaders + (long) count * entry);
    }
    List<ElfSegment> segments = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ElfSegment segment =
          ElfSegment.of(read(programHeaders + (long) i * entry, PROGRAM_HEADER_BYTES));
      if (isBeyond(segment.offset(), segment.fileBytes())) {
        return truncated("a segment ends", segment.offset() + segment.fileBytes());
      }
      segments.add(segment);
    }
    Optional<String> missing = sections(header);
    return missing.isPresent() ? missing : dynamic(segments);
  }

  /** Checks the section headers, which are last in most files and so reveal a missing end. */
  private Optional<String> sections(ByteBuffer header) throws IOException {
    long sectionHeaders = header.getLong(40);
    int entry = Short.toUnsignedInt(header.getShort(58));
    if (sectionHeaders == 0) {
      return Optional.empty();
    }
    if (entry != SECTION_HEADER_BYTES) {
      return Optional.of("it is damaged: its section headers have another size");
    }
    long count = Short.toUnsignedInt(header.getShort(60));
    if (count == 0 && !isBeyond(sectionHeaders, entry)) {
      // The number exceeds the header's field.
      count = read(sectionHeaders, entry).getLong(32);
    }
    long bytes = count > size ? size : Math.max(count, 1) * entry;
    return isBeyond(sectionHeaders, bytes)
        ? truncated("its section headers end", sectionHeaders + bytes)
        : Optional.empty();
  }

  private Optional<String> dynamic(List<ElfSegment> segments) throws IOException {
    for (ElfSegment segment : segments) {
      if (segment.isDynamic()) {
        int bytes = (int) Math.min(segment.fileBytes(), 1 << 20);
        return ElfDynamic.problem(read(segment.offset(), bytes), segments);
      }
    }
    return Optional.of("it is damaged: it has no dynamic section");
  }

  private boolean isBeyond(long offset, long bytes) {
    return offset < 0 || bytes < 0 || offset > size - bytes;
  }

  private Optional<String> truncated(String what, long end) {
    return Optional.of(
        end < 0
            ? "it is damaged: " + what + " beyond any file"
            : "it is truncated: %s at byte %s, but the file has %s bytes"
                .formatted(what, end, size));
  }

  private ByteBuffer read(long offset, int bytes) throws IOException {
    byte[] read = Channels.newInputStream(file.position(offset)).readNBytes(bytes);
    if (read.length < bytes) {
      throw new IOException("the file became shorter while it was read");
    }
    return ByteBuffer.wrap(read).order(ByteOrder.LITTLE_ENDIAN);
  }
}
