package org.hlo4j.cli.run;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Locale;
import java.util.SplittableRandom;
import org.hlo4j.HostTensor;
import org.hlo4j.type.ElementType;
import org.hlo4j.type.Shape;

/** Generates inputs that no file contains. */
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
          case F32, C64 -> {
            for (long at = i * width; at < (i + 1) * width; at += Float.BYTES) {
              bytes.set(ValueLayout.JAVA_FLOAT_UNALIGNED, at, (float) random.nextDouble());
            }
          }
          case F64, C128 -> {
            for (long at = i * width; at < (i + 1) * width; at += Double.BYTES) {
              bytes.set(ValueLayout.JAVA_DOUBLE_UNALIGNED, at, random.nextDouble());
            }
          }
          case F16, BF16 -> {
            float value = (float) random.nextDouble();
            short bits =
                type == ElementType.F16
                    ? Float.floatToFloat16(value)
                    : (short) (Float.floatToRawIntBits(value) >>> Short.SIZE);
            bytes.set(ValueLayout.JAVA_SHORT_UNALIGNED, i * width, bits);
          }
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

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
