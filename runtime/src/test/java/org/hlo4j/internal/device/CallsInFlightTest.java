package org.hlo4j.internal.device;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.hlo4j.BufferPromise;
import org.hlo4j.DeviceBuffer;
import org.hlo4j.Executable;
import org.hlo4j.Pjrt;
import org.hlo4j.Program;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.error.BufferStateException;
import org.hlo4j.error.PromiseInterruptedException;
import org.hlo4j.type.ElementType;
import org.hlo4j.type.Shape;
import org.junit.jupiter.api.Test;

final class CallsInFlightTest {
  private static final Shape SHAPE = Shape.of(ElementType.F32, 4);
  private static final Program DOUBLING =
      Program.of(
          """
          func.func @main(%x: tensor<4xf32>) -> tensor<4xf32> {
            %0 = stablehlo.add %x, %x : tensor<4xf32>
            return %0 : tensor<4xf32>
          }
          """);

  @Test
  void oneThatWaitsForRoomAnswersInterrupts() throws InterruptedException {
    CallsInFlight calls = CallsInFlight.atMost(1);
    calls.begin("first");
    CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
    Thread waiting =
        Thread.ofVirtual()
            .start(
                () -> {
                  assertThrows(PromiseInterruptedException.class, () -> calls.begin("second"));
                  interrupted.complete(Thread.currentThread().isInterrupted());
                });
    waiting.interrupt();

    assertThat(interrupted.join()).isTrue();
    waiting.join();
    calls.ended();
    calls.begin("third");
  }

  @Test
  void thereIsRoomForAtLeastOne() {
    assertThrows(ArgumentException.class, () -> Pjrt.builder().maxCallsInFlight(0));
  }

  @Test
  void endedAndFailedCallsMakeRoom() {
    try (Pjrt client = Pjrt.builder().maxCallsInFlight(2).open()) {
      Executable executable = client.device().compile(DOUBLING);
      DeviceBuffer<?> closed = client.device().put(SHAPE, new float[] {1, 2, 3, 4});
      DeviceBuffer<?> x = client.device().put(SHAPE, new float[] {1, 2, 3, 4});
      closed.close();
      List<BufferPromise<?>> results = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        assertThrows(BufferStateException.class, () -> executable.start(closed));
        results.add(executable.start(x).promise(0));
      }
      for (BufferPromise<?> result : results) {
        assertThat(result.toFloatArray()).isEqualTo(new float[] {2, 4, 6, 8});
      }
    }
  }
}
