package org.hlo4j.tests;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.hlo4j.BufferPromise;
import org.hlo4j.Device;
import org.hlo4j.DeviceBuffer;
import org.hlo4j.HostTensor;
import org.hlo4j.Program;
import org.hlo4j.Ref;
import org.hlo4j.Sharded;
import org.hlo4j.Sharding;
import org.hlo4j.TensorScope;
import org.hlo4j.TensorView;
import org.hlo4j.error.BufferStateException;
import org.hlo4j.type.F32;
import org.hlo4j.type.Shape;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A scope closes what its thread creates, and nothing else. */
@Tag("plugins")
final class TensorScopeTest {
  private static final float[] DATA = {1, 2, 3, 4};

  private final Device device = Plugin.device();
  private final Arithmetic sync = ArithmeticKernels.sync(device);
  private final ArithmeticAsync async = ArithmeticKernels.async(device);

  private DeviceBuffer<Vec> vec() {
    return device.put(Vec.class, DATA);
  }

  @Test
  void everythingThatIsCreatedIsClosed() {
    DeviceBuffer<Vec> before = vec();
    DeviceBuffer<Vec> put;
    DeviceBuffer<Vec> computed;
    BufferPromise<Vec> promised;
    BufferPromise<Vec> copied;
    HostTensor<Vec> host;
    HostTensor<Vec> read;
    TensorView<Vec> view;
    Weighted parts;
    try (TensorScope scope = TensorScope.open()) {
      assertThat(scope).isNotNull();
      put = vec();
      computed = sync.add(before, put);
      promised = async.add(computed, put);
      copied = promised.copyToAsync(Plugin.client().device(1));
      host = HostTensor.allocate(Vec.class);
      read = promised.toHostTensor();
      view = before.view();
      parts = sync.start();
    }
    assertThat(put.isClosed()).isTrue();
    assertThat(computed.isClosed()).isTrue();
    assertThat(promised.isClosed()).isTrue();
    assertThat(copied.isClosed()).isTrue();
    assertThat(host.isClosed()).isTrue();
    assertThat(read.isClosed()).isTrue();
    assertThat(view.segment().scope().isAlive()).isFalse();
    assertThat(parts.values().isClosed()).isTrue();
    assertThat(parts.weight().isClosed()).isTrue();
    assertThat(before.toFloatArray()).isEqualTo(DATA);
  }

  @Test
  void whatIsKeptLivesOn() {
    DeviceBuffer<Vec> sum;
    HostTensor<Vec> host;
    TensorView<Vec> view;
    Weighted parts;
    try (TensorScope scope = TensorScope.open()) {
      DeviceBuffer<Vec> x = vec();
      sum = scope.keep(sync.add(x, x));
      host = scope.keep(sum.toHostTensor());
      view = scope.keep(sum.view());
      parts = ArithmeticKernels.keep(scope, sync.start());
    }
    assertThat(sum.toFloatArray()).isEqualTo(new float[] {2, 4, 6, 8});
    assertThat(host.toArray(float[].class)).isEqualTo(new float[] {2, 4, 6, 8});
    assertThat(view.toArray(float[].class)).isEqualTo(new float[] {2, 4, 6, 8});
    assertThat(parts.values().toFloatArray()).isEqualTo(DATA);
    view.close();
    host.close();
    ArithmeticKernels.close(parts);
    assertThat(parts.weight().isClosed()).isTrue();
  }

  @Test
  void whatAnInnerScopeKeepsIsTheOutersToClose() {
    DeviceBuffer<Vec> kept;
    try (TensorScope outer = TensorScope.open()) {
      assertThat(outer).isNotNull();
      try (TensorScope inner = TensorScope.open()) {
        kept = inner.keep(vec());
      }
      assertThat(kept.toFloatArray()).isEqualTo(DATA);
    }
    assertThat(kept.isClosed()).isTrue();
  }

  @Test
  void variablesFromOutsideKeepTheirValues() {
    Ref<Vec> outside = Ref.of(vec());
    Ref<Vec> inside;
    BufferPromise<Vec> seen;
    try (TensorScope scope = TensorScope.open()) {
      assertThat(scope).isNotNull();
      DeviceBuffer<Vec> x = vec();
      sync.accumulate(outside, x);
      inside = Ref.of(vec());
      sync.accumulate(inside, x);
      seen = outside.get();
    }
    assertThat(outside.toFloatArray()).isEqualTo(new float[] {2, 4, 6, 8});
    assertThat(inside.isClosed()).isTrue();
    assertThat(seen.isClosed()).isTrue();
    outside.close();
  }

  @Test
  void callsThatWaitForTheirProgramAreClosedAsWell() {
    Program fresh =
        Program.of(
            """
            // Compiled by this test only.
            func.func @main(%x: tensor<4xf32>) -> tensor<4xf32> {
              %0 = stablehlo.negate %x : tensor<4xf32>
              return %0 : tensor<4xf32>
            }
            """);
    BufferPromise<?> closed;
    BufferPromise<?> kept;
    try (TensorScope scope = TensorScope.open()) {
      closed = device.start(fresh, vec()).promise(0);
      kept = scope.keep(device.start(fresh, closed).promise(0));
    }
    assertThat(closed.isClosed()).isTrue();
    assertThat(kept.toFloatArray()).isEqualTo(DATA);
    kept.close();
  }

  @Test
  void tensorsOnSeveralDevicesAreClosedOrKept() {
    Shape shape = Shape.of(Vec.class);
    Sharded<F32> closed;
    Sharded<F32> kept;
    try (TensorScope scope = TensorScope.open()) {
      closed = onBoth(shape);
      kept = scope.keep(onBoth(shape));
    }
    assertThat(closed.isClosed()).isTrue();
    assertThat(kept.replica(1).toFloatArray()).isEqualTo(DATA);
    kept.close();
  }

  private static Sharded<F32> onBoth(Shape shape) {
    return Plugin.client().group(2).<F32>input(shape, Sharding.replicated(1)).put(DATA);
  }

  @Test
  void otherThreadsAreNotAffected() {
    DeviceBuffer<Vec> elsewhere;
    try (TensorScope scope = TensorScope.open()) {
      elsewhere = CompletableFuture.supplyAsync(this::vec).join();
      BufferStateException refused =
          CompletableFuture.supplyAsync(
                  () -> assertThrows(BufferStateException.class, () -> scope.keep(vec())))
              .join();
      assertThat(refused).hasMessageThat().contains("A TensorScope is used by ");
    }
    assertThat(elsewhere.toFloatArray()).isEqualTo(DATA);
    elsewhere.close();
  }

  @Test
  void anOuterScopeThatEndsFirstEndsTheInnerOnes() {
    TensorScope outer = TensorScope.open();
    TensorScope inner = TensorScope.open();
    DeviceBuffer<Vec> x = vec();

    outer.close();
    inner.close();

    assertThat(x.isClosed()).isTrue();
    assertThat(assertThrows(BufferStateException.class, () -> inner.keep(x)))
        .hasMessageThat()
        .isEqualTo("The TensorScope was closed");
    DeviceBuffer<Vec> after = vec();
    assertThat(after.isClosed()).isFalse();
    after.close();
  }

  @Test
  void manyDroppedTensorsInAScopeDoNotPileUp() {
    List<DeviceBuffer<Vec>> some = new ArrayList<>();
    try (TensorScope scope = TensorScope.open()) {
      assertThat(scope).isNotNull();
      for (int i = 0; i < 10_000; i++) {
        DeviceBuffer<Vec> x = vec();
        if (i % 1000 == 0) {
          some.add(x);
        }
      }
    }
    some.forEach(x -> assertThat(x.isClosed()).isTrue());
  }

  @Test
  void aRetainedRecordSurvivesACallThatWouldTakeIt() {
    Weighted parts = sync.start();
    Weighted retained = ArithmeticKernels.retained(parts);

    Outcome outcome = sync.scale(retained);

    assertThat(outcome.total().toFloatArray()).isEqualTo(new float[] {20});
    assertThat(parts.values().toFloatArray()).isEqualTo(DATA);
    ArithmeticKernels.close(parts);
    ArithmeticKernels.close(outcome);
    assertThat(outcome.next().values().isClosed()).isTrue();
  }
}
