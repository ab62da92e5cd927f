package org.hlo4j.tests;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.hlo4j.BufferPromise;
import org.hlo4j.Device;
import org.hlo4j.DeviceBuffer;
import org.hlo4j.Memory;
import org.hlo4j.Pjrt;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.error.BufferStateException;
import org.hlo4j.type.ElementType;
import org.hlo4j.type.Shape;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The memories of a device, and copies between them and between devices. */
@Tag("plugins")
final class MemoryKindTest {
  private static final float[] DATA = {1, 2, 3, 4};

  private final Device device = Plugin.device();
  private final Device other = Plugin.client().devices().get(1);

  @Test
  void aCpuDeviceHasThreeMemories() {
    assertThat(device.memories().stream().map(Memory::kind))
        .containsExactly("device", "pinned_host", "unpinned_host");
    assertThat(device.memory("device").isDefault()).isTrue();
    assertThat(device.memory("pinned_host").isDefault()).isFalse();
    assertThat(device.memory("pinned_host").toString()).isEqualTo("pinned_host of cpu:0");
    assertThat(device.memory("device").device()).isEqualTo(device);
    assertThat(device.memory("device").id()).isNotEqualTo(other.memory("device").id());
    assertThat(assertThrows(ArgumentException.class, () -> device.memory("vmem")))
        .hasMessageThat()
        .isEqualTo(
            "cpu:0 has no memory of the kind vmem, only [device, pinned_host, unpinned_host]");
  }

  @Test
  void tensorsGoIntoEachMemoryAndAreReadFromIt() {
    for (Memory memory : device.memories()) {
      DeviceBuffer<Vec> put = memory.put(Vec.class, DATA);
      DeviceBuffer<?> dynamic = memory.put(Shape.of(ElementType.I4, 2), new byte[] {-8, 7});
      DeviceBuffer<Vec> copied = device.put(Vec.class, DATA).copyTo(memory);

      assertThat(put.memory()).isEqualTo(memory);
      assertThat(copied.memory()).isEqualTo(memory);
      assertThat(put.toFloatArray()).isEqualTo(DATA);
      assertThat(copied.toFloatArray()).isEqualTo(DATA);
      assertThat(dynamic.toByteArray()).isEqualTo(new byte[] {-8, 7});
      assertThat(put.copyTo(device.memory("device")).memory().isDefault()).isTrue();
    }
    assertThat(device.put(Vec.class, DATA).memory().kind()).isEqualTo("device");
  }

  @Test
  void aCpusKernelsTakeTensorsFromAnyMemory() {
    for (Memory memory : device.memories()) {
      DeviceBuffer<Vec> vec = memory.put(Vec.class, DATA);

      assertThat(ArithmeticKernels.sync(device).add(vec, vec).toFloatArray())
          .isEqualTo(new float[] {2, 4, 6, 8});
    }
  }

  @Test
  void tensorsAreCopiedBetweenDevices() {
    DeviceBuffer<Vec> vec = device.put(Vec.class, DATA);

    DeviceBuffer<Vec> there = vec.copyTo(other);
    DeviceBuffer<Vec> here = vec.copyTo(device);
    DeviceBuffer<Vec> pinned = vec.copyTo(other.memory("pinned_host"));
    vec.close();

    assertThat(there.device()).isEqualTo(other);
    assertThat(there.toFloatArray()).isEqualTo(DATA);
    assertThat(here.device()).isEqualTo(device);
    assertThat(here.toFloatArray()).isEqualTo(DATA);
    assertThat(pinned.memory().toString()).isEqualTo("pinned_host of cpu:1");
    assertThat(ArithmeticKernels.sync(other).add(there, there).toFloatArray())
        .isEqualTo(new float[] {2, 4, 6, 8});
    assertThrows(BufferStateException.class, () -> vec.copyTo(other));
  }

  @Test
  void aPromiseIsCopiedWithoutAWait() {
    ArithmeticAsync async = ArithmeticKernels.async(device);
    BufferPromise<Vec> sum = async.add(device.put(Vec.class, DATA), device.put(Vec.class, DATA));

    BufferPromise<Vec> there = sum.copyToAsync(other);
    BufferPromise<Vec> pinned = sum.copyToAsync(device.memory("pinned_host"));

    assertThat(there.value().toFloatArray()).isEqualTo(new float[] {2, 4, 6, 8});
    assertThat(pinned.toFloatArrayAsync().value()).isEqualTo(new float[] {2, 4, 6, 8});
  }

  @Test
  void copiesBetweenClientsAreRefused() {
    try (Pjrt client = Pjrt.open()) {
      DeviceBuffer<Vec> vec = device.put(Vec.class, DATA);

      assertThat(assertThrows(ArgumentException.class, () -> vec.copyTo(client.device())))
          .hasMessageThat()
          .isEqualTo(
              "tensor<4xf32> is on cpu:0 and cannot be copied to cpu:0, which is of another"
                  + " client");
      assertThrows(
          ArgumentException.class, () -> vec.copyToAsync(client.device().memory("pinned_host")));
    }
  }
}
