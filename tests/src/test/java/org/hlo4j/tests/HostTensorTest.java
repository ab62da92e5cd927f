package org.hlo4j.tests;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import org.hlo4j.Device;
import org.hlo4j.DeviceBuffer;
import org.hlo4j.HostTensor;
import org.hlo4j.TensorView;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.error.BufferStateException;
import org.hlo4j.type.ElementType;
import org.hlo4j.type.Shape;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Host memory that goes to the device as it is. */
@Tag("plugins")
final class HostTensorTest {
  private static final float[] DATA = {1, 2, 3, 4};

  private final Device device = Plugin.device();

  @Test
  void itsMemoryBecomesTheDevices() {
    HostTensor<Weights> host = HostTensor.allocate(Weights.class);
    host.segment().fill((byte) 0).setAtIndex(ValueLayout.JAVA_FLOAT, 3, 7f);
    long address = host.segment().address();

    DeviceBuffer<Weights> buffer = device.put(host);

    assertThat(address % 64).isEqualTo(0);
    try (TensorView<Weights> view = buffer.view()) {
      assertThat(view.isZeroCopy()).isTrue();
      assertThat(view.segment().address()).isEqualTo(address);
      assertThat(view.segment().getAtIndex(ValueLayout.JAVA_FLOAT, 3)).isEqualTo(7f);
    }
  }

  @Test
  void whatWasHandedOverIsGone() {
    HostTensor<Vec> host = HostTensor.allocate(Vec.class).set(DATA);
    MemorySegment segment = host.segment();
    MemorySegment slice = segment.asSlice(4, 4);
    ByteBuffer bytes = segment.asByteBuffer();
    DeviceBuffer<Vec> buffer = device.put(host);

    assertThrows(IllegalStateException.class, () -> segment.set(ValueLayout.JAVA_INT, 0, 1));
    assertThrows(IllegalStateException.class, () -> slice.fill((byte) 1));
    assertThrows(IllegalStateException.class, () -> bytes.put(0, (byte) 1));
    assertThat(assertThrows(BufferStateException.class, host::segment))
        .hasMessageThat()
        .isEqualTo("The tensor<4xf32> in host memory was handed over to cpu:0");
    assertThrows(BufferStateException.class, () -> device.put(host));
    assertThrows(BufferStateException.class, () -> host.set(DATA));
    assertThrows(BufferStateException.class, () -> host.toArray());
    assertThat(host.isClosed()).isTrue();
    assertThat(host.toString())
        .isEqualTo("The tensor<4xf32> in host memory was handed over to cpu:0");
    host.close();
    assertThat(buffer.toFloatArray()).isEqualTo(DATA);
  }

  @Test
  void itsMemoryComesBackWhenTheBufferIsGone() {
    Shape shape = Shape.of(ElementType.F32, 1_234_567);
    HostTensor<?> host = HostTensor.allocate(shape);
    long address = host.segment().address();
    DeviceBuffer<?> buffer = device.put(host);

    assertThat(HostTensor.allocate(shape).segment().address()).isNotEqualTo(address);
    buffer.close();
    assertThat(takesAgain(shape, address)).isTrue();
  }

  /** The device may let go a little later than the call that closes a buffer. */
  private static boolean takesAgain(Shape shape, long address) {
    for (int i = 0; i < 100_000; i++) {
      try (HostTensor<?> next = HostTensor.allocate(shape)) {
        if (next.segment().address() == address) {
          return true;
        }
      }
      Thread.onSpinWait();
    }
    return false;
  }

  @Test
  void aClosedOneIsRefusedAndItsSegmentDead() {
    HostTensor<Vec> host = HostTensor.allocate(Vec.class);
    MemorySegment segment = host.segment();
    host.close();
    host.close();

    assertThrows(IllegalStateException.class, () -> segment.get(ValueLayout.JAVA_BYTE, 0));
    assertThat(assertThrows(BufferStateException.class, () -> device.putAsync(host)))
        .hasMessageThat()
        .isEqualTo("The tensor<4xf32> in host memory was closed");
  }

  @Test
  void aSegmentKeepsTheMemoryOfATensorThatNobodyHolds() {
    Shape shape = Shape.of(ElementType.F32, 1_100_003);
    MemorySegment segment = HostTensor.allocate(shape).segment().fill((byte) 1);
    for (int i = 0; i < 20; i++) {
      System.gc();
      HostTensor.allocate(shape).segment().fill((byte) 2);
    }

    for (long i = 0; i < segment.byteSize(); i += 4096) {
      assertThat(segment.get(ValueLayout.JAVA_BYTE, i)).isEqualTo((byte) 1);
    }
  }

  @Test
  void itTakesAndGivesWhatADeviceDoes() {
    HostTensor<Mat> host = HostTensor.allocate(Mat.class).set(new float[][] {{1, 2, 3}, {4, 5, 6}});

    assertThat(host.toArray(float[].class)).isEqualTo(new float[] {1, 2, 3, 4, 5, 6});
    assertThat(host.toArray()).isEqualTo(new float[] {1, 2, 3, 4, 5, 6});
    assertThat(host.toString())
        .isEqualTo("tensor<2x3xf32> in host memory\n[[1. 2. 3.]\n [4. 5. 6.]]");
    assertThat(assertThrows(ArgumentException.class, () -> host.set(new float[5])))
        .hasMessageThat()
        .isEqualTo("tensor<2x3xf32> takes 6 elements, not the 5 of this float[]");
    assertThat(assertThrows(ArgumentException.class, () -> host.as(Vec.class)))
        .hasMessageThat()
        .isEqualTo("tensor<2x3xf32> is not a Vec, which is a tensor<4xf32>");
    assertThat(HostTensor.allocate(host.shape()).as(Mat.class).shape()).isEqualTo(host.shape());
  }

  @Test
  void aValueThatDoesNotFitKeepsItHere() {
    HostTensor<?> host = HostTensor.allocate(Shape.of(ElementType.U4, 3));
    host.segment().fill((byte) 1).set(ValueLayout.JAVA_BYTE, 2, (byte) 16);

    assertThat(assertThrows(ArgumentException.class, () -> device.put(host)))
        .hasMessageThat()
        .isEqualTo("tensor<3xui4> cannot hold 16, which is element 2");
    assertThat(host.isClosed()).isFalse();
    host.segment().set(ValueLayout.JAVA_BYTE, 2, (byte) 15);
    assertThat(device.put(host).toArray()).isEqualTo(new byte[] {1, 1, 15});
  }

  @Test
  void resultsComeIntoHostMemory() {
    DeviceBuffer<Vec> vec = device.put(Vec.class, DATA);

    HostTensor<Vec> now = vec.toHostTensor();
    HostTensor<Vec> later = vec.toHostTensorAsync().value();
    vec.close();

    assertThat(now.toArray()).isEqualTo(DATA);
    assertThat(later.segment().toArray(ValueLayout.JAVA_FLOAT)).isEqualTo(DATA);
    assertThat(device.put(later).toFloatArray()).isEqualTo(DATA);
    assertThrows(BufferStateException.class, vec::toHostTensor);
  }

  @Test
  void aKernelThatTakesItAwayWritesIntoIt() {
    HostTensor<Vec> host = HostTensor.allocate(Vec.class).set(DATA);
    long address = host.segment().address();

    DeviceBuffer<Vec> twice = ArithmeticKernels.sync(device).twiceInPlace(device.put(host));

    assertThat(twice.toFloatArray()).isEqualTo(new float[] {2, 4, 6, 8});
    try (TensorView<Vec> view = twice.view()) {
      assertThat(view.segment().address()).isEqualTo(address);
    }
  }
}
