package org.hlo4j.internal.jax;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.hlo4j.error.CompilationException;

/**
 * A table in a flatbuffer. Missing fields are empty or 0; offsets outside of the file are rejected.
 *
 * @see <a href="https://flatbuffers.dev/internals/">The format</a>
 */
final class FlatTable {
  private static final int VTABLE_HEAD = 4;

  private final ByteBuffer bytes;
  private final int start;
  private final int vtable;
  private final int vtableSize;

  private FlatTable(ByteBuffer bytes, int start) {
    this.bytes = bytes;
    this.start = start;
    this.vtable = place((long) start - int32(start));
    this.vtableSize = uint16(vtable);
    if (vtableSize < VTABLE_HEAD || vtable + (long) vtableSize > bytes.limit()) {
      throw damaged();
    }
  }

  /**
   * Returns the root table of a file.
   *
   * @throws CompilationException if there is none
   */
  static FlatTable root(byte[] file) {
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    return new FlatTable(bytes, target(bytes, 0));
  }

  /** Returns the number of fields that the table has room for. */
  int fieldCount() {
    return (vtableSize - VTABLE_HEAD) / Short.BYTES;
  }

  int uint8(int field) {
    int place = place(field);
    return place == 0 ? 0 : Byte.toUnsignedInt(bytes.get(checked(bytes, place, 1)));
  }

  int uint16Of(int field) {
    int place = place(field);
    return place == 0 ? 0 : uint16(place);
  }

  int uint32Of(int field) {
    int place = place(field);
    return place == 0 ? 0 : nonNegative(int32(place));
  }

  List<String> strings(int field) {
    return list(
        field,
        Integer.BYTES,
        place -> new String(bytesAt(target(bytes, place)), StandardCharsets.UTF_8));
  }

  List<FlatTable> tables(int field) {
    return list(field, Integer.BYTES, place -> new FlatTable(bytes, target(bytes, place)));
  }

  List<Integer> uint16s(int field) {
    return list(field, Short.BYTES, this::uint16);
  }

  List<Integer> uint32s(int field) {
    return list(field, Integer.BYTES, place -> nonNegative(int32(place)));
  }

  byte[] bytes(int field) {
    int place = place(field);
    return place == 0 ? new byte[0] : bytesAt(target(bytes, place));
  }

  /** Returns the offset of a field, or 0 if it is missing. */
  private int place(int field) {
    int entry = VTABLE_HEAD + field * Short.BYTES;
    if (entry + Short.BYTES > vtableSize) {
      return 0;
    }
    int offset = uint16(vtable + entry);
    return offset == 0 ? 0 : checked(bytes, (long) start + offset, 1);
  }

  /** Returns the elements of a vector, each of the given size. */
  private <T> List<T> list(int field, int size, IntFunction<T> elementAt) {
    int place = place(field);
    if (place == 0) {
      return List.of();
    }
    int vector = target(bytes, place);
    int count = nonNegative(int32(vector));
    int first = checked(bytes, (long) vector + Integer.BYTES, (long) count * size);
    return IntStream.range(0, count).mapToObj(i -> elementAt.apply(first + i * size)).toList();
  }

  private byte[] bytesAt(int vector) {
    int count = nonNegative(int32(vector));
    int first = checked(bytes, (long) vector + Integer.BYTES, count);
    byte[] content = new byte[count];
    bytes.get(first, content);
    return content;
  }

  private int uint16(int place) {
    return Short.toUnsignedInt(bytes.getShort(checked(bytes, place, Short.BYTES)));
  }

  private int int32(int place) {
    return bytes.getInt(checked(bytes, place, Integer.BYTES));
  }

  private int place(long place) {
    return checked(bytes, place, Short.BYTES);
  }

  /** Returns the target of the offset at a position. */
  private static int target(ByteBuffer bytes, int place) {
    int offset = bytes.getInt(checked(bytes, place, Integer.BYTES));
    return checked(bytes, place + Integer.toUnsignedLong(offset), Integer.BYTES);
  }

  private static int checked(ByteBuffer bytes, long place, long size) {
    if (place < 0 || size < 0 || place > bytes.limit() - size) {
      throw damaged();
    }
    return (int) place;
  }

  private static int nonNegative(int number) {
    if (number < 0) {
      throw damaged();
    }
    return number;
  }

  private static CompilationException damaged() {
    return new CompilationException(
        "this file of jax.export is damaged: it refers to data beyond its end");
  }
}
