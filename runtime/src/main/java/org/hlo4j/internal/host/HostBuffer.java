package org.hlo4j.internal.host;

import java.lang.foreign.MemorySegment;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.type.Shape;
import org.jspecify.annotations.Nullable;

/**
 * A {@code java.nio} buffer with the elements of a tensor, row-major, from position to limit, which
 * stay unchanged. A {@link ByteBuffer} contains the bytes of elements of any type; others contain
 * the values that an array of their primitive type would.
 */
final class HostBuffer extends HostData {
  private static final int CHUNK = 1024;

  /**
   * The class of a buffer.
   *
   * @param carrier null if such buffers cannot hold elements
   */
  private record Kind(@Nullable Carrier carrier, ByteOrder order, String name) {
    static Kind of(Buffer buffer) {
      return switch (buffer) {
        case ByteBuffer bytes -> new Kind(Carrier.BYTE, bytes.order(), "ByteBuffer");
        case ShortBuffer shorts -> new Kind(Carrier.SHORT, shorts.order(), "ShortBuffer");
        case IntBuffer ints -> new Kind(Carrier.INT, ints.order(), "IntBuffer");
        case LongBuffer longs -> new Kind(Carrier.LONG, longs.order(), "LongBuffer");
        case FloatBuffer floats -> new Kind(Carrier.FLOAT, floats.order(), "FloatBuffer");
        case DoubleBuffer doubles -> new Kind(Carrier.DOUBLE, doubles.order(), "DoubleBuffer");
        default -> new Kind(null, ByteOrder.nativeOrder(), "CharBuffer");
      };
    }
  }

  private final Buffer buffer;
  private final Kind kind;

  HostBuffer(Shape shape, Buffer buffer) {
    super(shape);
    this.buffer = buffer;
    this.kind = Kind.of(buffer);
  }

  @Override
  void check() {
    Carrier carrier = kind.carrier();
    if (carrier == null
        || (carrier != Carrier.BYTE && !Carrier.of(shape.elementType()).contains(carrier))) {
      throw new ArgumentException(
          "%s requires a buffer of the elements of a %s, or of bytes, not a %s"
              .formatted(shape, Carrier.namesFor(shape), kind.name()));
    }
    if (kind.order() != ByteOrder.nativeOrder() && hasOrder()) {
      throw new ArgumentException(
          "%s cannot take a %s with byte order %s: this machine's is %s"
              .formatted(shape, kind.name(), kind.order(), ByteOrder.nativeOrder()));
    }
    long expected =
        isRaw()
            ? shape.byteSize() / carrier.layout().byteSize()
            : shape.elementCount() * Carrier.perElement(shape.elementType());
    if (buffer.remaining() != expected) {
      throw new ArgumentException(
          "%s takes %s remaining values, not the %s of this %s"
              .formatted(shape, expected, buffer.remaining(), kind.name()));
    }
  }

  @Override
  void checkTarget() {
    check();
    if (buffer.isReadOnly()) {
      throw new ArgumentException(
          "%s cannot be written into a read-only %s".formatted(shape, kind.name()));
    }
  }

  @Override
  void copyTo(MemorySegment target) {
    MemorySegment values = MemorySegment.ofBuffer(buffer);
    if (isRaw()) {
      target.copyFrom(values);
      return;
    }
    long count = shape.elementCount();
    float[] chunk = new float[CHUNK];
    for (long start = 0; start < count; start += CHUNK) {
      float[] part = part(chunk, count - start);
      MemorySegment.copy(values, Carrier.FLOAT.layout(), start * Float.BYTES, part, 0, part.length);
      ArrayConversion.write(shape.elementType(), part, slice(target, start, part.length));
    }
  }

  @Override
  void copyFrom(MemorySegment source) {
    MemorySegment values = MemorySegment.ofBuffer(buffer);
    if (isRaw()) {
      values.copyFrom(source);
      StoredBytes.normalize(shape, values);
      return;
    }
    long count = shape.elementCount();
    float[] chunk = new float[CHUNK];
    for (long start = 0; start < count; start += CHUNK) {
      float[] part = part(chunk, count - start);
      ArrayConversion.read(shape.elementType(), slice(source, start, part.length), part);
      MemorySegment.copy(part, 0, values, Carrier.FLOAT.layout(), start * Float.BYTES, part.length);
    }
  }

  private static float[] part(float[] chunk, long left) {
    return left < CHUNK ? new float[(int) left] : chunk;
  }

  private MemorySegment slice(MemorySegment memory, long start, long count) {
    int bytes = shape.elementType().hostBytes();
    return memory.asSlice(start * bytes, count * bytes);
  }

  /** Returns whether the values are the elements' bytes; all others are floats to be converted. */
  private boolean isRaw() {
    return kind.carrier() != Carrier.FLOAT || !FloatCodec.isNarrow(shape.elementType());
  }

  /** Single bytes have no order, whatever the buffer's order. */
  private boolean hasOrder() {
    return kind.carrier() != Carrier.BYTE || shape.elementType().hostBytes() > 1;
  }
}
