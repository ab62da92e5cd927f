package org.hlo4j.tests;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.hlo4j.Device;
import org.hlo4j.DeviceBuffer;
import org.hlo4j.TensorView;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.type.ElementType;
import org.hlo4j.type.Shape;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** More elements than a Java array can have; takes some four gigabytes. */
@Tag("heavy")
final class HugeTensorTest {
  private static final Shape SHAPE = Shape.of(ElementType.I8, (1L << 31) + 16);

  private final Device device = Plugin.device();

  @Test
  void tensorsBeyondTwoToThe31GoThroughSegments() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment bytes = arena.allocate(SHAPE.byteSize(), 64);
      bytes.set(ValueLayout.JAVA_BYTE, 0, (byte) 1);
      bytes.set(ValueLayout.JAVA_BYTE, SHAPE.byteSize() - 1, (byte) 42);

      try (DeviceBuffer<?> buffer = device.put(SHAPE, bytes);
          TensorView<?> view = buffer.view()) {
        assertThat(view.isZeroCopy()).isTrue();
        assertThat(view.segment().mismatch(bytes)).isEqualTo(-1);
        assertThat(buffer.toString()).endsWith("[ 1  0  0 ...  0  0 42]");
        assertThat(assertThrows(ArgumentException.class, buffer::toArray))
            .hasMessageThat()
            .isEqualTo("tensor<2147483664xi8> has more elements than a Java array can hold");
        buffer.copyTo(bytes.fill((byte) 0));
        assertThat(bytes.get(ValueLayout.JAVA_BYTE, SHAPE.byteSize() - 1)).isEqualTo((byte) 42);
      }
    }
  }
}
