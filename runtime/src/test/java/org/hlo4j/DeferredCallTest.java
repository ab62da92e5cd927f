package org.hlo4j;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.hlo4j.error.BufferStateException;
import org.hlo4j.error.CompilationException;
import org.hlo4j.error.PromiseInterruptedException;
import org.hlo4j.type.ElementType;
import org.hlo4j.type.Shape;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Calls whose program is still being compiled, as far as they can tell. */
@Tag("plugins")
final class DeferredCallTest {
  private static final Shape SHAPE = Shape.of(ElementType.F32, 4);
  private static final float[] DATA = {1, 2, 3, 4};
  private static final float[] DOUBLED = {2, 4, 6, 8};

  private final Pjrt client = Pjrt.open();
  private final Device device = client.device();

  private final Program doubling =
      Program.of(
              """
              func.func @main(%x: tensor<4xf32>) -> tensor<4xf32> {
                %0 = stablehlo.add %x, %x : tensor<4xf32>
                return %0 : tensor<4xf32>
              }
              """)
          .named("doubling");

  private final Program donating =
      Program.of(
              """
              func.func @main(%x: tensor<4xf32> {tf.aliasing_output = 0 : i32}) -> tensor<4xf32> {
                %0 = stablehlo.add %x, %x : tensor<4xf32>
                return %0 : tensor<4xf32>
              }
              """)
          .named("donating");

  private final CompletableFuture<Executable> compiling = new CompletableFuture<>();

  private DeviceBuffer<?> data() {
    return device.put(SHAPE, DATA.clone());
  }

  private BufferPromise<?> start(Program program, Tensor<?> argument) {
    return device.group().startDeferred(compiling, program, argument).orElseThrow().promise(0);
  }

  private void compile(Program program) {
    compiling.complete(device.compile(program));
  }

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  void theCallWaitsForItsProgramAndTheCallerDoesNot() {
    BufferPromise<?> result = start(doubling, data());

    assertThat(result.isReady()).isFalse();
    assertThat(result.shape()).isEqualTo(SHAPE);
    assertThat(result.device()).isSameInstanceAs(device);
    assertThat(result.toString()).isEqualTo("tensor<4xf32> on cpu:0, not ready");
    compile(doubling);
    assertThat(result.toFloatArray()).isEqualTo(DOUBLED);
    assertThat(result.value().toFloatArray()).isEqualTo(DOUBLED);
    assertThat(result.isReady()).isTrue();
  }

  @Test
  void itsResultGoesIntoFurtherCallsAndReads() {
    BufferPromise<?> result = start(doubling, data());
    BufferPromise<?> next = device.compile(doubling).start(result).promise(0);
    Promise<float[]> read = next.toFloatArrayAsync();

    assertThat(read.isReady()).isFalse();
    compile(doubling);

    assertThat(read.value()).isEqualTo(new float[] {4, 8, 12, 16});
    assertThat(result.toFloatArray()).isEqualTo(DOUBLED);
  }

  @Test
  void whatIsClosedMeanwhileIsStillRead() {
    DeviceBuffer<?> x = data();
    BufferPromise<?> result = start(doubling, x);
    BufferPromise<?> next = device.compile(doubling).start(result).promise(0);
    Promise<float[]> read = next.toFloatArrayAsync();
    x.close();
    result.close();
    next.close();

    assertThat(result.isClosed()).isTrue();
    assertThrows(BufferStateException.class, () -> device.compile(doubling).start(result));
    assertThrows(BufferStateException.class, next::toFloatArrayAsync);
    compile(doubling);

    assertThat(read.value()).isEqualTo(new float[] {4, 8, 12, 16});
    assertThat(assertThrows(BufferStateException.class, result::toFloatArray))
        .hasMessageThat()
        .contains("was closed");
  }

  @Test
  void aDonatedArgumentIsSpentAtOnce() {
    DeviceBuffer<?> x = data();
    BufferPromise<?> result = start(donating, x);

    assertThat(x.isClosed()).isTrue();
    assertThat(assertThrows(BufferStateException.class, x::toFloatArray))
        .hasMessageThat()
        .contains("is spent: it was donated to donating, called at ");
    assertThat(assertThrows(BufferStateException.class, () -> start(doubling, x)))
        .hasMessageThat()
        .startsWith("doubling: argument x: The tensor<4xf32>");
    x.close();
    compile(donating);

    assertThat(result.toFloatArray()).isEqualTo(DOUBLED);
    assertThat(assertThrows(BufferStateException.class, x::toFloatArray))
        .hasMessageThat()
        .contains("is spent");
  }

  @Test
  void aPromiseThatIsDonatedIsSpentAtOnce() {
    BufferPromise<?> first = start(doubling, data());
    BufferPromise<?> second = device.compile(donating).start(first).promise(0);

    assertThat(first.isClosed()).isTrue();
    assertThrows(BufferStateException.class, () -> device.compile(doubling).start(first));
    compile(doubling);

    assertThat(second.toFloatArray()).isEqualTo(new float[] {4, 8, 12, 16});
    assertThrows(BufferStateException.class, first::toFloatArray);
  }

  @Test
  void aCallThatFailsLeavesItsArguments() {
    DeviceBuffer<?> x = data();
    BufferPromise<?> result = start(donating, x);
    BufferPromise<?> next = device.compile(doubling).start(result).promise(0);
    Promise<float[]> read = next.toFloatArrayAsync();

    compiling.completeExceptionally(new CompilationException("no such operation"));

    assertThat(assertThrows(CompilationException.class, read::value))
        .hasMessageThat()
        .isEqualTo("no such operation");
    assertThrows(CompilationException.class, result::value);
    assertThrows(CompilationException.class, next::toFloatArray);
    assertThat(x.toFloatArray()).isEqualTo(DATA);
  }

  @Test
  void aRetainedArgumentStays() {
    DeviceBuffer<?> x = data();
    BufferPromise<?> result = start(donating, x.retained());
    compile(donating);

    assertThat(result.toFloatArray()).isEqualTo(DOUBLED);
    assertThat(x.toFloatArray()).isEqualTo(DATA);
    assertThat(device.compile(donating).execute(x.retained()).get(0).toFloatArray())
        .isEqualTo(DOUBLED);
    assertThat(x.toFloatArray()).isEqualTo(DATA);
    assertThat(device.compile(donating).execute(x).get(0).toFloatArray()).isEqualTo(DOUBLED);
    assertThat(x.isClosed()).isTrue();
  }

  @Test
  void oneBufferMayBeRetainedAndReadInOneCall() {
    Executable adding =
        device.compile(
            Program.of(
                """
                func.func @main(%x: tensor<4xf32> {tf.aliasing_output = 0 : i32},
                    %y: tensor<4xf32>) -> tensor<4xf32> {
                  %0 = stablehlo.add %x, %y : tensor<4xf32>
                  return %0 : tensor<4xf32>
                }
                """));
    DeviceBuffer<?> x = data();

    assertThat(adding.execute(x.retained(), x).get(0).toFloatArray()).isEqualTo(DOUBLED);
    assertThat(x.toFloatArray()).isEqualTo(DATA);
  }

  @Test
  void aLoopIsHeldBackWhileItsProgramIsBeingCompiled() throws InterruptedException {
    List<BufferPromise<?>> results = new ArrayList<>();
    DeviceBuffer<?> x = data();
    int room = device.group().context().deferredCalls().availablePermits();
    for (int i = 0; i < room; i++) {
      results.add(start(doubling, x));
    }
    CompletableFuture<Throwable> refused = new CompletableFuture<>();
    Thread thread =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    results.add(start(doubling, x));
                  } catch (PromiseInterruptedException e) {
                    refused.complete(e);
                  }
                });
    thread.interrupt();

    assertThat(refused.join()).hasMessageThat().contains("Interrupted while waiting to start");
    compile(doubling);
    for (BufferPromise<?> result : results) {
      assertThat(result.toFloatArray()).isEqualTo(DOUBLED);
    }
    results.forEach(BufferPromise::close);
    x.close();
    thread.join();
    assertThat(results).hasSize(room);
  }

  @Test
  void aProgramIsCompiledByItsFirstCall() {
    assertThat(device.start(doubling, data()).promise(0).toFloatArray()).isEqualTo(DOUBLED);
    assertThat(device.start(doubling, data()).buffer(0).toFloatArray()).isEqualTo(DOUBLED);
    assertThat(client.executables().compiled()).isEqualTo(1);
  }
}
