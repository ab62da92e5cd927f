package org.hlo4j;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.concurrent.CompletableFuture;
import org.hlo4j.error.PjrtException;
import org.hlo4j.error.StatusCode;
import org.hlo4j.internal.compile.DiskExecutableCache;
import org.hlo4j.internal.device.CallsInFlight;
import org.hlo4j.internal.pjrt.Fault;
import org.hlo4j.internal.pjrt.FaultPlugin;
import org.hlo4j.internal.pjrt.abi.PjrtFunction;
import org.hlo4j.plugin.PluginLocation;
import org.hlo4j.type.ElementType;
import org.hlo4j.type.F32;
import org.hlo4j.type.Shape;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two calls in flight, of which one fails: its error reaches the right promises. */
@Tag("plugins")
final class StartAndDoneFaultTest {
  private static final Shape SHAPE = Shape.of(ElementType.F32, 4);
  private static final float[] DATA = {1, 2, 3, 4};
  private static final float[] DOUBLED = {2, 4, 6, 8};

  private final PluginLocation location = plugin();
  private final FaultPlugin plugin = new FaultPlugin(location.library());
  private final Pjrt client =
      Pjrt.of(location, plugin.newClient(), DiskExecutableCache.off(), CallsInFlight::ofThePlugin);
  private final Device device = client.device();
  private final Tensor<?> data = device.put(SHAPE, DATA);
  private final Executable first = device.compile(doubling("first"));
  private final Executable second = device.compile(doubling("second"));

  private static PluginLocation plugin() {
    try (Pjrt client = Pjrt.open()) {
      return client.plugin();
    }
  }

  private static Program doubling(String name) {
    return Program.of(
            """
            func.func @main(%x: tensor<4xf32>) -> tensor<4xf32> {
              %0 = stablehlo.add %x, %x : tensor<4xf32>
              return %0 : tensor<4xf32>
            }
            """)
        .named(name);
  }

  @AfterEach
  void close() {
    plugin.arm(null);
    client.close();
    assertWithMessage("violations").that(plugin.violations()).isEmpty();
  }

  @Test
  void workThatFailsFailsItsOwnPromise() {
    for (boolean inOrder : new boolean[] {true, false}) {
      BufferPromise<?> failing = first.start(data).promise(0);
      BufferPromise<?> fine = second.start(data).promise(0);
      plugin.arm(
          new Fault(
              PjrtFunction.PJRT_Buffer_ReadyEvent, inOrder ? 1 : 2, StatusCode.DATA_LOSS, true));

      if (!inOrder) {
        assertThat(fine.value().toFloatArray()).isEqualTo(DOUBLED);
      }
      PjrtException thrown = assertThrows(PjrtException.class, failing::value);
      assertThat(fine.value().toFloatArray()).isEqualTo(DOUBLED);
      assertThat(thrown.code()).isEqualTo(StatusCode.DATA_LOSS);
      assertThat(thrown).hasMessageThat().startsWith("first, called ");
      assertThat(thrown).hasMessageThat().contains("injected into call");
    }
  }

  @Test
  void aCallThatFailsFailsWhatDependsOnItAndNothingElse() {
    CompletableFuture<Executable> compilingFirst = new CompletableFuture<>();
    CompletableFuture<Executable> compilingSecond = new CompletableFuture<>();
    BufferPromise<?> failing = start(compilingFirst, "first");
    BufferPromise<?> fine = start(compilingSecond, "second");
    BufferPromise<?> afterFailing = device.compile(doubling("third")).start(failing).promise(0);
    BufferPromise<?> afterFine = device.compile(doubling("fourth")).start(fine).promise(0);
    Promise<float[]> read = afterFailing.toFloatArrayAsync();
    try (Ref<F32> ref = typed(afterFailing)) {
      plugin.arm(
          new Fault(PjrtFunction.PJRT_LoadedExecutable_Execute, 1, StatusCode.ABORTED, false));

      compilingFirst.complete(first);
      assertAborted(failing, "first, called at ");
      compilingSecond.complete(second);

      assertThat(afterFine.toFloatArray()).isEqualTo(new float[] {4, 8, 12, 16});
      assertThat(fine.toFloatArray()).isEqualTo(DOUBLED);
      // Who depends on it says what it is itself, and then what failed.
      assertAborted(ref.get(), "third, called at ");
      assertAborted(read, "reading the tensor<4xf32> from third, called at ");
      assertThat(assertThrows(PjrtException.class, ref.get()::value))
          .hasMessageThat()
          .containsMatch("^third, called at .*: first, called at .*injected into call 1");
    }
  }

  @SuppressWarnings("unchecked") // The type is a phantom.
  private static Ref<F32> typed(BufferPromise<?> promise) {
    return Ref.of((BufferPromise<F32>) promise);
  }

  private BufferPromise<?> start(CompletableFuture<Executable> compiling, String name) {
    return device.group().startDeferred(compiling, doubling(name), data).orElseThrow().promise(0);
  }

  private static void assertAborted(Promise<?> promise, String beginning) {
    PjrtException thrown = assertThrows(PjrtException.class, promise::value);
    assertThat(thrown.code()).isEqualTo(StatusCode.ABORTED);
    assertThat(thrown).hasMessageThat().startsWith(beginning);
    assertThat(thrown).hasMessageThat().contains("injected into call 1");
  }
}
