package org.hlo4j;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.error.BufferStateException;
import org.hlo4j.internal.pjrt.BufferHandle;
import org.hlo4j.type.ElementType;
import org.hlo4j.type.Shape;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Outputs that are inputs, or other outputs: one buffer of the device, held by several. */
@Tag("plugins")
final class SharedBufferTest {
  private static final Shape SHAPE = Shape.of(ElementType.F32, 4);
  private static final float[] DATA = {1, 2, 3, 4};

  private final Pjrt client = Pjrt.open();
  private final Device device = client.device();

  private final Executable forward =
      compile(
          """
          func.func @main(%x: tensor<4xf32>, %unused: tensor<4xf32>)
              -> (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) {
            %0 = stablehlo.add %x, %x : tensor<4xf32>
            return %x, %0, %0 : tensor<4xf32>, tensor<4xf32>, tensor<4xf32>
          }
          """);

  private final Executable doubling =
      compile(
          """
          func.func @main(%x: tensor<4xf32> {tf.aliasing_output = 0 : i32}) -> tensor<4xf32> {
            %0 = stablehlo.add %x, %x : tensor<4xf32>
            return %0 : tensor<4xf32>
          }
          """);

  private final Executable moving =
      compile(
          """
          func.func @main(%x: tensor<4xf32> {tf.aliasing_output = 0 : i32}) -> tensor<4xf32> {
            return %x : tensor<4xf32>
          }
          """);

  private Executable compile(String text) {
    return device.compile(Program.of(text));
  }

  private DeviceBuffer<?> data() {
    return device.put(SHAPE, DATA.clone());
  }

  private static float[] floats(DeviceBuffer<?> buffer) {
    return buffer.toFloatArray();
  }

  private static BufferHandle handleOf(DeviceBuffer<?> buffer) {
    BufferHandle handle = buffer.state().retainHandle();
    handle.release();
    return handle;
  }

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  void aForwardedOutputIsItsInputsBuffer() {
    DeviceBuffer<?> x = data();

    List<DeviceBuffer<?>> outputs = forward.execute(x, data());

    assertThat(handleOf(outputs.get(0))).isSameInstanceAs(handleOf(x));
    assertThat(floats(outputs.get(0))).isEqualTo(DATA);
  }

  @Test
  void aDuplicatedOutputIsTheOthersBuffer() {
    List<DeviceBuffer<?>> outputs = forward.execute(data(), data());

    assertThat(handleOf(outputs.get(1))).isSameInstanceAs(handleOf(outputs.get(2)));
    assertThat(floats(outputs.get(2))).isEqualTo(new float[] {2, 4, 6, 8});
  }

  @Test
  void closingOneLeavesTheOthers() {
    DeviceBuffer<?> x = data();
    List<DeviceBuffer<?>> outputs = forward.execute(x, data());
    BufferHandle shared = handleOf(x);

    x.close();
    outputs.get(1).close();

    assertThat(floats(outputs.get(0))).isEqualTo(DATA);
    assertThat(floats(outputs.get(2))).isEqualTo(new float[] {2, 4, 6, 8});
    assertThat(x.isClosed()).isTrue();
    assertThrows(BufferStateException.class, () -> floats(x));
    assertThat(shared.isClosed()).isFalse();

    outputs.get(0).close();

    assertThat(shared.isClosed()).isTrue();
  }

  @Test
  void donatingOneOfSeveralLeavesTheOthersAsTheyAre() {
    DeviceBuffer<?> x = data();
    DeviceBuffer<?> same = forward.execute(x, data()).get(0);

    DeviceBuffer<?> doubled = doubling.execute(same).get(0);

    assertThat(floats(doubled)).isEqualTo(new float[] {2, 4, 6, 8});
    assertThat(floats(x)).isEqualTo(DATA);
    assertThat(floats(same)).isEqualTo(DATA);
  }

  @Test
  void theLastHolderMayDonate() {
    DeviceBuffer<?> x = data();
    DeviceBuffer<?> same = forward.execute(x, data()).get(0);
    x.close();

    DeviceBuffer<?> doubled = doubling.execute(same).get(0);

    assertThat(floats(doubled)).isEqualTo(new float[] {2, 4, 6, 8});
    assertThat(same.isClosed()).isTrue();
    assertThat(assertThrows(BufferStateException.class, () -> floats(same)))
        .hasMessageThat()
        .contains("is spent: it was donated to");
  }

  @Test
  void aDonatedInputThatIsReturnedMoves() {
    DeviceBuffer<?> x = data();
    BufferHandle handle = handleOf(x);

    DeviceBuffer<?> moved = moving.execute(x).get(0);

    assertThat(handleOf(moved)).isSameInstanceAs(handle);
    assertThat(assertThrows(BufferStateException.class, () -> floats(x)))
        .hasMessageThat()
        .contains("is spent: it was donated to");
    assertThat(floats(doubling.execute(moved).get(0))).isEqualTo(new float[] {2, 4, 6, 8});
    assertThat(moved.isClosed()).isTrue();
  }

  @Test
  void anUnusedInputIsCheckedLikeAnother() {
    DeviceBuffer<?> closed = data();
    closed.close();
    DeviceBuffer<?> other = device.put(Shape.of(ElementType.F32, 2), new float[] {1, 2});

    assertThat(forward.inputs().get(1).unused()).isTrue();
    assertThrows(BufferStateException.class, () -> forward.execute(data(), closed));
    assertThrows(ArgumentException.class, () -> forward.execute(data(), other));
  }

  @Test
  void aRefusedCallHoldsNothing() {
    DeviceBuffer<?> x = data();
    DeviceBuffer<?> closed = data();
    closed.close();
    BufferHandle handle = handleOf(x);

    assertThrows(BufferStateException.class, () -> forward.execute(x, closed));
    x.close();

    assertThat(handle.isClosed()).isTrue();
  }

  @Test
  void aBufferThatIsBeingDonatedIsNotShared() {
    DeviceBuffer<?> x = data();
    BufferHandle handle = handleOf(x);

    assertThat(handle.beginDonation()).isEqualTo(BufferHandle.Donation.BEGUN);
    assertThat(handle.beginDonation()).isEqualTo(BufferHandle.Donation.BUSY);
    assertThat(handle.retainHolder()).isFalse();
    assertThrows(BufferStateException.class, () -> doubling.execute(x));
    assertThat(assertThrows(BufferStateException.class, () -> forward.execute(x, data())))
        .hasMessageThat()
        .contains("argument x: it is being donated to another call");
    handle.endDonation();

    assertThat(floats(forward.execute(x, data()).get(0))).isEqualTo(DATA);
  }

  @Test
  void aDonationThatMeetsAClosingLeavesTheOtherHolders() {
    for (int i = 0; i < 2_000; i++) {
      DeviceBuffer<?> x = data();
      DeviceBuffer<?> same = forward.execute(x, x).get(0);
      CompletableFuture<Void> donation = CompletableFuture.runAsync(() -> doubleIfOpen(x));

      x.close();
      donation.join();

      assertThat(floats(same)).isEqualTo(DATA);
    }
  }

  private void doubleIfOpen(DeviceBuffer<?> x) {
    try {
      doubling.execute(x).get(0).close();
    } catch (BufferStateException e) {
      assertThat(x.isClosed()).isTrue();
    }
  }

  @Test
  void manyThreadsMayReadOneBuffer() {
    DeviceBuffer<?> x = data();

    long right =
        IntStream.range(0, 20_000).parallel().filter(i -> Arrays.equals(floats(x), DATA)).count();

    assertThat(right).isEqualTo(20_000);
  }

  @Test
  void theLastHolderThatIsCollectedOrClosedFreesTheBufferOnce() {
    DeviceBuffer<?> x = data();
    DeviceBuffer<?> same = forward.execute(x, data()).get(0);
    BufferHandle handle = handleOf(x);

    same.close();
    same.close();
    assertThat(handle.isClosed()).isFalse();
    x.close();
    x.close();

    assertThat(handle.isClosed()).isTrue();
  }
}
