package org.hlo4j.data.internal.write;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.hlo4j.data.internal.element.Chunks;
import org.hlo4j.error.ArgumentException;

/**
 * Writes NumPy's .npz with stored members, each aligned for zero-copy access: an extra field pads
 * it to the next multiple of 64.
 */
public final class NpzWriter implements NewFile.Body {
  /** The extension of a member's name. */
  public static final String ENDING = ".npy";

  private static final int LOCAL_HEADER_SIZE = 30;
  private static final int FIELD_HEADER_SIZE = 4;
  private static final int ZIP64_FIELD_SIZE = 20;
  private static final long LARGE = 0xFFFFFFFFL;

  /** The padding field that Android's tools use as well. */
  private static final int PADDING_FIELD = 0xD935;

  /**
   * A fixed time makes equal files for equal tensors; java.util.zip cannot encode an earlier month.
   */
  private static final LocalDateTime TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

  private final List<Source> sources;

  public NpzWriter(List<Source> sources) {
    this.sources = sources;
    for (Source source : sources) {
      String name = source.name();
      if (!isName(name)) {
        throw new ArgumentException("A tensor in an .npz cannot be named " + name);
      }
    }
  }

  /** Returns whether a name is safe if the archive is unpacked. */
  public static boolean isName(String name) {
    return !name.startsWith("/")
        && !List.of(name.split("/", -1)).contains("..")
        && name.chars().noneMatch(c -> c == '\\' || Character.isISOControl(c));
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    Counting counting = new Counting(out);
    ZipOutputStream zip = new ZipOutputStream(counting, StandardCharsets.UTF_8);
    zip.setMethod(ZipOutputStream.STORED);
    for (Source source : sources) {
      source.lendTo(elements -> write(source, elements, counting, zip));
    }
    zip.finish();
  }

  private static void write(
      Source source, MemorySegment elements, Counting counting, ZipOutputStream zip)
      throws IOException {
    byte[] header = NpyWriter.header(source.shape());
    CRC32 crc = new CRC32();
    crc.update(header);
    Chunks.update(crc, elements);
    ZipEntry entry = new ZipEntry(source.name() + ENDING);
    entry.setTimeLocal(TIME);
    entry.setSize(header.length + elements.byteSize());
    entry.setCompressedSize(entry.getSize());
    entry.setCrc(crc.getValue());
    zip.flush();
    entry.setExtra(padding(counting.count, entry));
    zip.putNextEntry(entry);
    zip.write(header);
    NewFile.write(zip, elements);
    zip.closeEntry();
  }

  private static byte[] padding(long start, ZipEntry entry) {
    long data =
        start
            + LOCAL_HEADER_SIZE
            + entry.getName().getBytes(StandardCharsets.UTF_8).length
            + (entry.getSize() >= LARGE ? ZIP64_FIELD_SIZE : 0)
            + FIELD_HEADER_SIZE;
    int length = NpyWriter.padding(data);
    byte[] field = new byte[FIELD_HEADER_SIZE + length];
    field[0] = (byte) PADDING_FIELD;
    field[1] = (byte) (PADDING_FIELD >> Byte.SIZE);
    field[2] = (byte) length;
    return field;
  }

  /** Counts the bytes written. */
  private static final class Counting extends FilterOutputStream {
    private long count;

    Counting(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int b) throws IOException {
      out.write(b);
      count++;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
      count += length;
    }
  }
}
