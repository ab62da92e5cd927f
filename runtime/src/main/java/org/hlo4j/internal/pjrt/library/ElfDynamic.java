package org.hlo4j.internal.pjrt.library;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Checks the dynamic section of an ELF file, whose tables the C library reads unchecked. A
 * truncated download may have zeros here.
 */
final class ElfDynamic {
  private static final int ENTRY_BYTES = 16;
  private static final long END = 0;
  private static final long STRINGS = 5;
  private static final long SYMBOLS = 6;

  /**
   * The tags whose values are addresses in the library: of the offset table, hashes, strings,
   * symbols, relocations, functions to call, and versions.
   */
  private static final Set<Long> ADDRESSES =
      Set.of(
          3L,
          4L,
          STRINGS,
          SYMBOLS,
          7L,
          12L,
          13L,
          17L,
          23L,
          25L,
          26L,
          36L,
          0x6ffffef5L,
          0x6ffffff0L,
          0x6ffffffcL,
          0x6ffffffeL);

  private ElfDynamic() {}

  /** Returns the problem of a section, if any. */
  static Optional<String> problem(ByteBuffer section, List<ElfSegment> segments) {
    Set<Long> tags = new HashSet<>();
    for (int place = 0; place + ENTRY_BYTES <= section.limit(); place += ENTRY_BYTES) {
      long tag = section.getLong(place);
      long value = section.getLong(place + Long.BYTES);
      if (tag == END) {
        return tags.containsAll(Set.of(STRINGS, SYMBOLS))
            ? Optional.empty()
            : Optional.of("it is damaged: its dynamic section has no symbol tables");
      }
      if (ADDRESSES.contains(tag) && segments.stream().noneMatch(each -> each.loads(value))) {
        return Optional.of(
            String.format(
                Locale.ROOT,
                "it is damaged: entry %#x of its dynamic section points to %#x, where nothing is"
                    + " loaded",
                tag,
                value));
      }
      tags.add(tag);
    }
    return Optional.of("it is damaged: its dynamic section has no end");
  }
}
