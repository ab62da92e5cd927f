package org.hlo4j.data;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import org.hlo4j.data.internal.element.ByteSwap;
import org.hlo4j.data.internal.element.Deferred;
import org.hlo4j.data.internal.element.FileType;
import org.hlo4j.data.internal.element.Nibbles;
import org.hlo4j.data.internal.element.SafeTensorsType;
import org.hlo4j.type.ElementType;
import org.hlo4j.type.Shape;
import org.jspecify.annotations.Nullable;

/** Reads safetensors: a JSON header, and the tensors' bytes without gaps or overlaps. */
final class SafeTensorsReader {
  private static final int LENGTH_SIZE = Long.BYTES;

  /** The format's limit. */
  private static final long LARGEST_HEADER = 100_000_000;

  private final Bytes bytes;
  private final Bytes data;

  private SafeTensorsReader(Bytes bytes, long headerEnd) {
    this.bytes = bytes;
    this.data =
        new Bytes(bytes.file(), bytes.slice(headerEnd, bytes.size() - headerEnd, "the data"));
  }

  static TensorFile read(Bytes bytes) {
    if (bytes.size() <= LENGTH_SIZE || bytes.unsignedByte(LENGTH_SIZE, "the header") != '{') {
      throw bytes.refusal("it does not start like an .npy, .npz or safetensors file");
    }
    long length = bytes.unsignedLong(0, "the header's length");
    if (length < 0 || length > LARGEST_HEADER) {
      throw bytes.refusal(
          "it is not an .npy or .npz; as safetensors its header would have %s bytes, but at most %d are allowed",
          Long.toUnsignedString(length), LARGEST_HEADER);
    }
    byte[] json = bytes.slice(LENGTH_SIZE, length, "the header").toArray(ValueLayout.JAVA_BYTE);
    SafeTensorsHeader header =
        SafeTensorsHeader.parse(bytes.file(), Utf8.decode(bytes.file(), "the header", json));
    List<FileTensor> tensors =
        new SafeTensorsReader(bytes, LENGTH_SIZE + length).tensors(header.entries());
    return new TensorFile(bytes.file(), tensors, header.metadata());
  }

  private List<FileTensor> tensors(List<SafeTensorsHeader.Entry> entries) {
    checkOffsets(entries);
    return entries.stream().map(this::tensor).toList();
  }

  private void checkOffsets(List<SafeTensorsHeader.Entry> entries) {
    List<SafeTensorsHeader.Entry> inOrder = new ArrayList<>(entries);
    inOrder.sort(
        Comparator.comparingLong(SafeTensorsHeader.Entry::begin)
            .thenComparingLong(SafeTensorsHeader.Entry::end));
    long end = 0;
    for (SafeTensorsHeader.Entry entry : inOrder) {
      if (entry.begin() != end || entry.end() < end) {
        throw bytes.refusal(
            "%s extends from %d to %d, but must begin at %d, where the previous tensor ends",
            entry.name(), entry.begin(), entry.end(), end);
      }
      end = entry.end();
    }
    if (end != data.size()) {
      throw bytes.refusal(
          "the tensors end at %d, but the file has %d bytes of data", end, data.size());
    }
  }

  private FileTensor tensor(SafeTensorsHeader.Entry entry) {
    FileType type = SafeTensorsType.read(entry.type());
    @Nullable ElementType elementType = type.elementType();
    if (elementType == null) {
      return FileTensor.unreadable(bytes.file(), entry.name(), type, entry.dimensions().toString());
    }
    Shape shape = entry.dimensions().with(elementType);
    boolean packed = elementType == ElementType.F4E2M1FN;
    if (packed && shape.elementCount() % 2 != 0) {
      throw bytes.refusal("%s has an odd number of half bytes", entry.name());
    }
    long size = packed ? shape.elementCount() / 2 : shape.byteSize();
    if (entry.end() - entry.begin() != size) {
      throw bytes.refusal(
          "%s: a %s takes %d bytes, but has %d",
          entry.name(), shape, size, entry.end() - entry.begin());
    }
    MemorySegment stored = data.slice(entry.begin(), size, entry.name());
    Supplier<MemorySegment> content =
        () ->
            packed
                ? Nibbles.unpack(stored)
                : ByteSwap.toNative(stored, elementType, ByteOrder.LITTLE_ENDIAN);
    return FileTensor.of(bytes.file(), entry.name(), type, shape, new Deferred(content));
  }
}
