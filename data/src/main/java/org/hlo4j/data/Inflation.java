package org.hlo4j.data;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.hlo4j.data.internal.element.Chunks;
import org.hlo4j.data.internal.element.NativeCopy;

/** Inflates a member of a ZIP archive, up to its declared size. */
record Inflation(String file, ZipDirectory.Member member) {
  /** Returns the first bytes, or all if there are fewer. */
  byte[] head(int length) {
    byte[] head = new byte[(int) Math.min(length, member.size())];
    inflate(MemorySegment.ofArray(head), head.length == member.size());
    return head;
  }

  /** Returns all bytes, in newly allocated memory. */
  MemorySegment whole() {
    MemorySegment target = NativeCopy.allocate(member.size());
    inflate(target, true);
    CRC32 crc = new CRC32();
    Chunks.update(crc, target);
    if (crc.getValue() != member.crc()) {
      throw damaged(
          String.format(
              Locale.ROOT, "its checksum is %08x, not %08x", crc.getValue(), member.crc()));
    }
    return target;
  }

  private void inflate(MemorySegment target, boolean toTheEnd) {
    Inflater inflater = new Inflater(true);
    try {
      Input input = new Input(inflater);
      for (long at = 0; at < target.byteSize(); ) {
        ByteBuffer out = Chunks.at(target, at);
        int made = input.inflate(out);
        if (made == 0) {
          throw damaged("it ends after %s bytes".formatted(at));
        }
        at += made;
      }
      if (toTheEnd && (input.inflate(ByteBuffer.allocate(1)) > 0 || !inflater.finished())) {
        throw damaged("it has more than %s bytes".formatted(target.byteSize()));
      }
    } catch (DataFormatException e) {
      throw damaged(String.valueOf(e.getMessage()));
    } finally {
      inflater.end();
    }
  }

  /** Feeds the archive's bytes to an inflater. */
  private final class Input {
    private final Inflater inflater;
    private long at;

    Input(Inflater inflater) {
      this.inflater = inflater;
    }

    /** Inflates some bytes; none at the end. */
    int inflate(ByteBuffer out) throws DataFormatException {
      int made = inflater.inflate(out);
      while (made == 0 && !inflater.finished() && feed()) {
        made = inflater.inflate(out);
      }
      return made;
    }

    private boolean feed() {
      if (inflater.needsDictionary() || at >= member.stored().byteSize()) {
        return false;
      }
      ByteBuffer next = Chunks.at(member.stored(), at);
      at += next.remaining();
      inflater.setInput(next);
      return true;
    }
  }

  private FileFormatException damaged(String how) {
    return new FileFormatException(file, "the compressed bytes are damaged: " + how);
  }
}
