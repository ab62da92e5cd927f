package org.hlo4j.data;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.function.Supplier;
import org.hlo4j.data.internal.element.ByteSwap;
import org.hlo4j.data.internal.element.Deferred;
import org.hlo4j.data.internal.element.FileType;
import org.hlo4j.data.internal.element.FortranOrder;
import org.hlo4j.data.internal.element.NpyTypes;
import org.hlo4j.type.ElementType;
import org.hlo4j.type.Shape;
import org.jspecify.annotations.Nullable;

/** Reads NumPy's .npy: a header, and the elements of one array. */
final class NpyReader {
  static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

  private NpyReader() {}

  static FileTensor read(String name, Bytes bytes) {
    return read(name, bytes, bytes.size(), bytes::memory);
  }

  /**
   * Reads an array of which only the beginning is available.
   *
   * @param head enough bytes for the largest header, or all
   * @param size the size of the whole file
   * @param whole supplies the whole file
   */
  static FileTensor read(String name, Bytes head, long size, Supplier<MemorySegment> whole) {
    if (!head.startsWith(MAGIC)) {
      throw head.refusal("it does not start like an .npy file");
    }
    NpyHeader header = NpyHeader.read(head);
    FileType type = NpyTypes.read(header.description());
    @Nullable ElementType elementType = type.elementType();
    if (elementType == null) {
      return FileTensor.unreadable(head.file(), name, type, header.dimensions().toString());
    }
    Shape shape = header.dimensions().with(elementType);
    long available = size - header.dataOffset();
    if (available != shape.byteSize()) {
      throw head.refusal(
          "a %s takes %d bytes, but %d follow the header", shape, shape.byteSize(), available);
    }
    Supplier<MemorySegment> elements =
        () -> elements(header, shape, whole.get().asSlice(header.dataOffset(), available));
    return FileTensor.of(head.file(), name, type, shape, new Deferred(elements));
  }

  private static MemorySegment elements(NpyHeader header, Shape shape, MemorySegment stored) {
    ByteOrder order = NpyTypes.order(header.description());
    MemorySegment numbers = ByteSwap.toNative(stored, shape.elementType(), order);
    return header.fortranOrder() ? FortranOrder.toRowMajor(shape, numbers) : numbers;
  }
}
