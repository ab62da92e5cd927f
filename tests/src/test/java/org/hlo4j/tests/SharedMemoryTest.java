package org.hlo4j.tests;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.hlo4j.Device;
import org.hlo4j.DeviceBuffer;
import org.hlo4j.Pjrt;
import org.hlo4j.TensorView;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.error.BufferStateException;
import org.hlo4j.type.ElementType;
import org.hlo4j.type.Shape;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One memory for the host and the device: views of buffers, and buffers over a user's memory. */
@Tag("plugins")
final class SharedMemoryTest {
  private static final float[] DATA = {1, 2, 3, 4};

  private final Device device = Plugin.device();
  private final Arithmetic arithmetic = ArithmeticKernels.sync(device);

  private static MemorySegment memory(Arena arena, long alignment) {
    MemorySegment memory = arena.allocate(16, alignment);
    return memory.copyFrom(MemorySegment.ofArray(DATA));
  }

  private static long addressOf(DeviceBuffer<?> buffer) {
    try (TensorView<?> view = buffer.view()) {
      assertThat(view.isZeroCopy()).isTrue();
      return view.segment().address();
    }
  }

  @Test
  void alignedMemoryIsUsedAsItIs() {
    MemorySegment memory = memory(Arena.ofAuto(), 64);

    DeviceBuffer<Vec> shared = device.putShared(Vec.class, memory);

    assertThat(addressOf(shared)).isEqualTo(memory.address());
    assertThat(arithmetic.add(shared, shared).toFloatArray()).isEqualTo(new float[] {2, 4, 6, 8});
    assertThat(addressOf(device.putShared(Vec.class, memory(Arena.global(), 64))) % 64)
        .isEqualTo(0);
  }

  @Test
  void memoryThatCannotBeSharedIsCopied() {
    MemorySegment unaligned = Arena.ofAuto().allocate(80, 64).asSlice(4, 16);
    unaligned.copyFrom(MemorySegment.ofArray(DATA));

    DeviceBuffer<Vec> copied = device.putShared(Vec.class, unaligned);
    DeviceBuffer<Vec> heap = device.putShared(Vec.class, MemorySegment.ofArray(DATA));

    assertThat(addressOf(copied)).isNotEqualTo(unaligned.address());
    assertThat(copied.toFloatArray()).isEqualTo(DATA);
    assertThat(heap.toFloatArray()).isEqualTo(DATA);
  }

  @Test
  void memoryThatCouldBeFreedMeanwhileIsRefused() {
    try (Arena confined = Arena.ofConfined();
        Arena shared = Arena.ofShared()) {
      for (Arena arena : new Arena[] {confined, shared}) {
        ArgumentException refused =
            assertThrows(
                ArgumentException.class,
                () -> device.putShared(Vec.class, memory(arena, 64).asReadOnly()));
        assertThat(refused)
            .hasMessageThat()
            .startsWith("tensor<4xf32> cannot share this MemorySegment, whose arena could be");
      }
    }
    assertThrows(
        ArgumentException.class,
        () -> device.putShared(Vec.class, Arena.ofAuto().allocate(20, 64)));
  }

  @Test
  void aDonationNeverWritesTheUsersMemory() {
    MemorySegment memory = memory(Arena.ofAuto(), 64);

    DeviceBuffer<Vec> twice = arithmetic.twiceInPlace(device.putShared(Vec.class, memory));

    assertThat(twice.toFloatArray()).isEqualTo(new float[] {2, 4, 6, 8});
    assertThat(memory.toArray(ValueLayout.JAVA_FLOAT)).isEqualTo(DATA);
    assertThat(addressOf(twice)).isNotEqualTo(memory.address());
  }

  @Test
  void droppedMemoryStaysWhileTheDeviceHasIt() {
    Shape shape = Shape.of(ElementType.F32, 1 << 20);
    MemorySegment ones = Arena.ofAuto().allocate(shape.byteSize(), 64);
    for (int i = 0; i < 1 << 20; i++) {
      ones.setAtIndex(ValueLayout.JAVA_FLOAT, i, 1f);
    }
    DeviceBuffer<Weights> shared = weights(ones.asSlice(0, 512 * 512 * 4));
    ones = MemorySegment.NULL;
    for (int i = 0; i < 20; i++) {
      System.gc();
      assertThat(Arena.ofAuto().allocate(shape.byteSize(), 64).fill((byte) 0).byteSize())
          .isEqualTo(shape.byteSize());
    }

    float[] values = shared.toFloatArray();
    for (float value : values) {
      assertThat(value).isEqualTo(1f);
    }
    assertThat(ones.byteSize()).isEqualTo(0);
  }

  private DeviceBuffer<Weights> weights(MemorySegment memory) {
    return device.putShared(Weights.class, memory);
  }

  @Test
  void aViewIsReadOnlyAndEndsWhenItIsClosed() {
    DeviceBuffer<Vec> vec = device.put(Vec.class, DATA);
    TensorView<Vec> view = vec.view();
    MemorySegment segment = view.segment();

    assertThat(segment.toArray(ValueLayout.JAVA_FLOAT)).isEqualTo(DATA);
    assertThat(view.toArray(float[].class)).isEqualTo(DATA);
    assertThat(view.toString()).isEqualTo("view of a tensor<4xf32>, in place");
    assertThrows(IllegalArgumentException.class, () -> segment.fill((byte) 0));
    view.close();
    view.close();
    assertThrows(IllegalStateException.class, () -> segment.getAtIndex(ValueLayout.JAVA_FLOAT, 0));
    assertThat(assertThrows(BufferStateException.class, () -> view.toArray(float[].class)))
        .hasMessageThat()
        .isEqualTo("The view of the tensor<4xf32> was closed");
  }

  @Test
  void closingTheBufferLeavesItsView() {
    DeviceBuffer<Weights> weights = device.put(Weights.class, new float[512 * 512]);
    try (TensorView<Weights> view = weights.view()) {
      weights.close();
      for (int i = 0; i < 10; i++) {
        float[] ones = new float[512 * 512];
        java.util.Arrays.fill(ones, 1);
        device.put(Weights.class, ones).close();
      }
      assertThat(view.segment().getAtIndex(ValueLayout.JAVA_FLOAT, 5)).isEqualTo(0f);
    }
    assertThrows(BufferStateException.class, weights::view);
  }

  @Test
  void closingTheClientLeavesAView() {
    Pjrt client = Pjrt.open();
    TensorView<Vec> view = client.device().put(Vec.class, DATA).view();
    client.close();

    assertThat(view.toArray(float[].class)).isEqualTo(DATA);
    view.close();
  }

  @Test
  void aDonationLeavesWhatAViewShows() {
    DeviceBuffer<Vec> vec = device.put(Vec.class, DATA);
    try (TensorView<Vec> view = vec.view()) {
      DeviceBuffer<Vec> twice = arithmetic.twiceInPlace(vec);

      assertThat(twice.toFloatArray()).isEqualTo(new float[] {2, 4, 6, 8});
      assertThat(view.toArray(float[].class)).isEqualTo(DATA);
      assertThat(addressOf(twice)).isNotEqualTo(view.segment().address());
    }
  }

  @Test
  void aTypeThatIsPackedIsViewedAsACopy() {
    try (TensorView<?> view = device.put(Shape.of(ElementType.I4, 2), new byte[] {-8, 7}).view()) {
      assertThat(view.isZeroCopy()).isFalse();
      assertThat(view.segment().toArray(ValueLayout.JAVA_BYTE)).isEqualTo(new byte[] {-8, 7});
    }
  }
}
