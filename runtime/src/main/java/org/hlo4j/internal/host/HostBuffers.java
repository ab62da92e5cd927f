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
import org.hlo4j.type.ElementType;
import org.hlo4j.type.Shape;
import org.jspecify.annotations.Nullable;

/**
 * Converts buffers of {@code java.nio} to and from tensors, row-major, from position to limit,
 * neither of which changes. A {@link ByteBuffer} holds the bytes of elements of any type; the
 * others hold what an array of their primitive type would.
 */
final class HostBuffers {
  private static final int CHUNK = 1024;

  private HostBuffers() {}

  /**
   * Checks that a buffer has just a shape's elements.
   *
   * @throws ArgumentException if it has more or fewer, of another type, or in another byte order
   */
  static void check(Shape shape, Buffer buffer) {
    ElementType type = shape.elementType();
    Carrier carrier = carrierOf(buffer);
    if (carrier == null
        || (!Carrier.of(type).contains(carrier) && !(buffer instanceof ByteBuffer))) {
      throw new ArgumentException(
          "%s goes with a buffer of what is in a %s, or of bytes, not with a %s"
              .formatted(shape, Carrier.namesFor(shape), nameOf(buffer)));
    }
    if (orderOf(buffer) != ByteOrder.nativeOrder() && hasOrder(shape, buffer)) {
      throw new ArgumentException(
          "%s cannot take a %s whose order is %s: this machine's is %s"
              .formatted(shape, nameOf(buffer), orderOf(buffer), ByteOrder.nativeOrder()));
    }
    long expected =
        isRaw(type, carrier)
            ? shape.byteSize() / carrier.layout().byteSize()
            : shape.elementCount() * Carrier.perElement(type);
    if (buffer.remaining() != expected) {
      throw new ArgumentException(
          "%s takes %s remaining values, not the %s of this %s"
              .formatted(shape, expected, buffer.remaining(), nameOf(buffer)));
    }
  }

  /** As {@link #check}, of a buffer to write into. */
  static void checkTarget(Shape shape, Buffer buffer) {
    check(shape, buffer);
    if (buffer.isReadOnly()) {
      throw new ArgumentException(
          "%s cannot be written into a read-only %s".formatted(shape, nameOf(buffer)));
    }
  }

  /** Writes a buffer that was checked into memory of the shape's size. */
  static void write(Shape shape, Buffer buffer, MemorySegment target) {
    MemorySegment values = MemorySegment.ofBuffer(buffer);
    if (isRaw(shape.elementType(), carrierOf(buffer))) {
      target.copyFrom(values);
      return;
    }
    float[] chunk = new float[CHUNK];
    for (long start = 0; start < shape.elementCount(); start += CHUNK) {
      float[] part = part(chunk, shape.elementCount() - start);
      MemorySegment.copy(values, Carrier.FLOAT.layout(), start * Float.BYTES, part, 0, part.length);
      ArrayConversion.write(shape.elementType(), part, slice(shape, target, start, part.length));
    }
  }

  /** Reads memory of a shape into a buffer that was checked. */
  static void read(Shape shape, MemorySegment source, Buffer buffer) {
    MemorySegment values = MemorySegment.ofBuffer(buffer);
    if (isRaw(shape.elementType(), carrierOf(buffer))) {
      values.copyFrom(source);
      StoredBytes.normalize(shape, values);
      return;
    }
    float[] chunk = new float[CHUNK];
    for (long start = 0; start < shape.elementCount(); start += CHUNK) {
      float[] part = part(chunk, shape.elementCount() - start);
      ArrayConversion.read(shape.elementType(), slice(shape, source, start, part.length), part);
      MemorySegment.copy(part, 0, values, Carrier.FLOAT.layout(), start * Float.BYTES, part.length);
    }
  }

  private static float[] part(float[] chunk, long left) {
    return left < CHUNK ? new float[(int) left] : chunk;
  }

  private static MemorySegment slice(Shape shape, MemorySegment memory, long start, long count) {
    int bytes = shape.elementType().hostBytes();
    return memory.asSlice(start * bytes, count * bytes);
  }

  /** Whether the values are the elements' own bytes; what else there is are floats to convert. */
  private static boolean isRaw(ElementType type, @Nullable Carrier carrier) {
    return carrier != Carrier.FLOAT || !FloatFormat.isNarrow(type);
  }

  private static @Nullable Carrier carrierOf(Buffer buffer) {
    return switch (buffer) {
      case ByteBuffer unused -> Carrier.BYTE;
      case ShortBuffer unused -> Carrier.SHORT;
      case IntBuffer unused -> Carrier.INT;
      case LongBuffer unused -> Carrier.LONG;
      case FloatBuffer unused -> Carrier.FLOAT;
      case DoubleBuffer unused -> Carrier.DOUBLE;
      default -> null;
    };
  }

  private static ByteOrder orderOf(Buffer buffer) {
    return switch (buffer) {
      case ByteBuffer bytes -> bytes.order();
      case ShortBuffer shorts -> shorts.order();
      case IntBuffer ints -> ints.order();
      case LongBuffer longs -> longs.order();
      case FloatBuffer floats -> floats.order();
      case DoubleBuffer doubles -> doubles.order();
      default -> ByteOrder.nativeOrder();
    };
  }

  /** Single bytes have no order, whatever the buffer's own is. */
  private static boolean hasOrder(Shape shape, Buffer buffer) {
    return !(buffer instanceof ByteBuffer) || shape.elementType().hostBytes() > 1;
  }

  private static String nameOf(Buffer buffer) {
    return switch (buffer) {
      case ByteBuffer unused -> "ByteBuffer";
      case ShortBuffer unused -> "ShortBuffer";
      case IntBuffer unused -> "IntBuffer";
      case LongBuffer unused -> "LongBuffer";
      case FloatBuffer unused -> "FloatBuffer";
      case DoubleBuffer unused -> "DoubleBuffer";
      default -> "CharBuffer";
    };
  }
}
