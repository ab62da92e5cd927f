package org.hlo4j.cli.run;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Locale;
import java.util.SplittableRandom;
import org.hlo4j.HostTensor;
import org.hlo4j.type.ElementType;
import org.hlo4j.type.Shape;

/** Numbers for inputs that nobody gives. */
public enum Fill {
  ZEROS {
    @Override
    HostTensor<?> tensor(Shape shape, int place) {
      return HostTensor.allocate(shape).set(MemorySegment.ofArray(new byte[hostBytes(shape)]));
    }
  },
  /** Floats between 0 and 1, and other numbers that are 0 or 1; the same in each run. */
  RANDOM {
    @Override
    HostTensor<?> tensor(Shape shape, int place) {
      SplittableRandom random = new SplittableRandom(place);
      MemorySegment bytes = MemorySegment.ofArray(new byte[hostBytes(shape)]);
      ElementType type = shape.elementType();
      int width = type.hostBytes();
      for (long i = 0; i < shape.elementCount(); i++) {
        switch (type) {
          case F32, C64 -> floats(bytes, i * width, width, random);
          case F64, C128 -> doubles(bytes, i * width, width, random);
          case F16 ->
              bytes.set(
                  ValueLayout.JAVA_SHORT_UNALIGNED,
                  i * width,
                  Float.floatToFloat16((float) random.nextDouble()));
          case BF16 ->
              bytes.set(
                  ValueLayout.JAVA_SHORT_UNALIGNED,
                  i * width,
                  (short) (Float.floatToRawIntBits((float) random.nextDouble()) >>> Short.SIZE));
          default -> bytes.set(ValueLayout.JAVA_BYTE, i * width, (byte) random.nextInt(2));
        }
      }
      return HostTensor.allocate(shape).set(bytes);
    }
  };

  abstract HostTensor<?> tensor(Shape shape, int place);

  private static int hostBytes(Shape shape) {
    return Math.toIntExact(shape.elementCount() * shape.elementType().hostBytes());
  }

  private static void floats(MemorySegment bytes, long at, int width, SplittableRandom random) {
    for (int part = 0; part < width; part += Float.BYTES) {
      bytes.set(ValueLayout.JAVA_FLOAT_UNALIGNED, at + part, (float) random.nextDouble());
    }
  }

  private static void doubles(MemorySegment bytes, long at, int width, SplittableRandom random) {
    for (int part = 0; part < width; part += Double.BYTES) {
      bytes.set(ValueLayout.JAVA_DOUBLE_UNALIGNED, at + part, random.nextDouble());
    }
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
