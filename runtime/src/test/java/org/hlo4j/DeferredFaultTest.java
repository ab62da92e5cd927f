package org.hlo4j;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.hlo4j.error.HloException;
import org.hlo4j.error.StatusCode;
import org.hlo4j.internal.compile.DiskExecutableCache;
import org.hlo4j.internal.device.CallsInFlight;
import org.hlo4j.internal.pjrt.Fault;
import org.hlo4j.internal.pjrt.FaultPlugin;
import org.hlo4j.internal.pjrt.abi.PjrtFunction;
import org.hlo4j.plugin.PluginLocation;
import org.hlo4j.type.ElementType;
import org.hlo4j.type.Shape;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Calls that wait for their program, when what they do at last fails, or when their client is
 * closed: each promise ends, and nothing stays open.
 */
@Tag("plugins")
final class DeferredFaultTest {
  private static final Shape SHAPE = Shape.of(ElementType.F32, 4);
  private static final float[] DATA = {1, 2, 3, 4};

  private static final Program DONATING =
      Program.of(
              """
              func.func @main(%x: tensor<4xf32> {tf.aliasing_output = 0 : i32})
                  -> (tensor<4xf32>, tensor<4xf32>) {
                %0 = stablehlo.add %x, %x : tensor<4xf32>
                %1 = stablehlo.multiply %x, %x : tensor<4xf32>
                return %0, %1 : tensor<4xf32>, tensor<4xf32>
              }
              """)
          .named("donating");

  private final PluginLocation location = plugin();
  private final FaultPlugin plugin = new FaultPlugin(location.library());

  private static PluginLocation plugin() {
    try (Pjrt client = Pjrt.open()) {
      return client.plugin();
    }
  }

  private Pjrt open() {
    return Pjrt.of(
        location, plugin.newClient(), DiskExecutableCache.off(), () -> CallsInFlight.atMost(2));
  }

  /** Calls in a row, of which the first waits, and what is made of their results. */
  private static final class Waiting {
    private final CompletableFuture<Executable> compiling = new CompletableFuture<>();
    private final List<Promise<?>> promises = new ArrayList<>();

    Waiting(Device device) {
      BufferPromise<?> x = device.putAsync(SHAPE, DATA);
      Tensor<?>[] arguments = {x};
      Results first = device.group().startDeferred(compiling, DONATING, arguments).orElseThrow();
      Results second = device.compile(DONATING).start(first.promise(0));
      BufferPromise<?> shared = new BufferPromise<>(second.promise(1).state().share(), device);
      promises.add(first.complete());
      promises.add(first.promise(1));
      promises.add(first.promise(1).toFloatArrayAsync());
      promises.add(second.complete());
      promises.add(second.promise(0));
      promises.add(second.promise(0).toFloatArrayAsync());
      promises.add(second.promise(1).copyToAsync(device));
      promises.add(shared);
    }

    /** Answers how many promises have failed. */
    int end() {
      int failed = 0;
      for (Promise<?> promise : promises) {
        try {
          Object unused = promise.value();
        } catch (HloException e) {
          failed++;
        }
      }
      return failed;
    }
  }

  private void assertNothingIsOpen(Object what) {
    Await.until(() -> plugin.open().isEmpty());
    assertWithMessage("violations after %s", what).that(plugin.violations()).isEmpty();
  }

  private int run(Fault fault) {
    plugin.arm(null);
    int failed;
    try (Pjrt client = open()) {
      Waiting waiting = new Waiting(client.device());
      Executable compiled = client.device().compile(DONATING);
      plugin.arm(fault);
      var unused = waiting.compiling.complete(compiled);
      failed = waiting.end();
      plugin.arm(null);
      // There is room for calls again, and the device works.
      for (int i = 0; i < 4; i++) {
        assertThat(compiled.execute(client.device().put(SHAPE, DATA)).get(0).toFloatArray())
            .isEqualTo(new float[] {2, 4, 6, 8});
      }
    }
    assertNothingIsOpen(fault);
    return failed;
  }

  @Test
  void eachPromiseEndsWhereverACallFails() {
    Map<PjrtFunction, Integer> failures = new EnumMap<>(PjrtFunction.class);
    for (PjrtFunction function :
        List.of(
            PjrtFunction.PJRT_LoadedExecutable_Execute,
            PjrtFunction.PJRT_Buffer_ReadyEvent,
            PjrtFunction.PJRT_Buffer_IsDeleted,
            PjrtFunction.PJRT_Buffer_ToHostBuffer,
            PjrtFunction.PJRT_Buffer_CopyToMemory,
            PjrtFunction.PJRT_Event_IsReady,
            PjrtFunction.PJRT_Event_OnReady)) {
      for (int call = 1; call <= 4; call++) {
        int failed = run(new Fault(function, call, StatusCode.INTERNAL, false));
        failures.merge(function, failed, Integer::sum);
      }
    }
    assertThat(failures.get(PjrtFunction.PJRT_LoadedExecutable_Execute)).isAtLeast(8);
    assertThat(failures.get(PjrtFunction.PJRT_Buffer_ToHostBuffer)).isAtLeast(2);
    assertThat(failures.get(PjrtFunction.PJRT_Buffer_CopyToMemory)).isAtLeast(1);
  }

  @Test
  void eachPromiseEndsWhenTheClientIsClosed() throws InterruptedException {
    plugin.arm(null);
    for (int i = 0; i < 30; i++) {
      Waiting waiting;
      Thread closer;
      try (Pjrt client = open()) {
        waiting = new Waiting(client.device());
        Executable compiled = client.device().compile(DONATING);
        closer = Thread.ofPlatform().start(client::close);
        for (int pause = 0; pause < i % 10; pause++) {
          Thread.onSpinWait();
        }
        var unused = waiting.compiling.complete(compiled);
      }
      closer.join();
      assertThat(waiting.end()).isAtMost(waiting.promises.size());
      assertNothingIsOpen("closing");
    }
  }
}
