package org.hlo4j;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.hlo4j.annotation.TensorType;
import org.hlo4j.error.BufferStateException;
import org.hlo4j.error.CompilationException;
import org.hlo4j.error.PjrtException;
import org.hlo4j.error.PromiseInterruptedException;
import org.hlo4j.error.StatusCode;
import org.hlo4j.internal.compile.DiskExecutableCache;
import org.hlo4j.internal.device.CallsInFlight;
import org.hlo4j.internal.pjrt.Fault;
import org.hlo4j.internal.pjrt.FaultPlugin;
import org.hlo4j.internal.pjrt.abi.PjrtFunction;
import org.hlo4j.plugin.PluginLocation;
import org.hlo4j.type.F32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Variables with a scope, on a plugin that counts what is open. */
@Tag("plugins")
final class RefsTest {
  @TensorType("tensor<4xf32>")
  interface Vec extends F32 {}

  private static final Program ADDING =
      Program.of(
              """
              func.func @main(%sum: tensor<4xf32> {tf.aliasing_output = 0 : i32},
                  %x: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
                %0 = stablehlo.add %sum, %x : tensor<4xf32>
                %1 = stablehlo.multiply %sum, %x : tensor<4xf32>
                return %0, %1 : tensor<4xf32>, tensor<4xf32>
              }
              """)
          .named("adding");

  private final PluginLocation location = plugin();
  private final FaultPlugin plugin = new FaultPlugin(location.library());
  private final Pjrt client =
      Pjrt.of(location, plugin.newClient(), DiskExecutableCache.off(), CallsInFlight::ofThePlugin);
  private final Device device = client.device();
  private final Executable add = device.compile(ADDING);
  private final DeviceBuffer<Vec> one = data(1);
  private final CompletableFuture<Executable> compiling = new CompletableFuture<>();

  private static PluginLocation plugin() {
    try (Pjrt client = Pjrt.open()) {
      return client.plugin();
    }
  }

  private DeviceBuffer<Vec> data(float value) {
    return device.put(Vec.class, all(value));
  }

  private static float[] all(float value) {
    return new float[] {value, value, value, value};
  }

  /** Replaces the value, and answers what it was times x. */
  private BufferPromise<Vec> add(Ref<Vec> sum, Tensor<Vec> x) {
    return add.start(sum, x).promise(0);
  }

  /** The same with a program that is still being compiled, as far as it can tell. */
  private BufferPromise<Vec> addLater(Ref<Vec> sum, Tensor<Vec> x) {
    return device.group().startDeferred(compiling, ADDING, sum, x).orElseThrow().promise(0);
  }

  /** Waits until as many are open besides {@link #one}: work that goes on ends at some time. */
  private void assertOpenBuffers(int expected) {
    Await.until(() -> openBuffers() == expected);
  }

  private int openBuffers() {
    return plugin.open().getOrDefault("PJRT_Buffer", 0) - 1;
  }

  @AfterEach
  void close() {
    plugin.arm(null);
    client.close();
    assertWithMessage("violations").that(plugin.violations()).isEmpty();
  }

  @Test
  void theBodysResultComesOutAndItsVariablesAreFreed() {
    float[] sum =
        Refs.scoped(
            data(0),
            total -> {
              add(total, one).close();
              add(total, one).close();
              return total.toFloatArray();
            });

    assertThat(sum).isEqualTo(all(2));
    assertOpenBuffers(0);
  }

  @Test
  void whatTheBodyThrowsComesOutAndItsVariablesAreFreed() {
    IOException thrown =
        assertThrows(
            IOException.class,
            () ->
                Refs.scoped(
                    data(0),
                    data(1),
                    (a, b) -> {
                      add(a, b).close();
                      throw new IOException("no more data");
                    }));

    assertThat(thrown).hasMessageThat().isEqualTo("no more data");
    assertThat(thrown.getSuppressed()).isEmpty();
    assertThrows(
        AssertionError.class,
        () ->
            Refs.scoped(
                data(0),
                a -> {
                  throw new AssertionError("an error");
                }));
    assertOpenBuffers(0);
  }

  @Test
  void oneThatIsUsedAfterItsScopeIsRefused() {
    Ref<Vec> leaked = Refs.scoped(data(0), ref -> ref);
    DeviceBuffer<Vec> next = data(1);

    assertThat(leaked.isClosed()).isTrue();
    for (BufferStateException refused :
        List.of(
            assertThrows(BufferStateException.class, leaked::get),
            assertThrows(BufferStateException.class, leaked::toFloatArray),
            assertThrows(BufferStateException.class, leaked::toFloatArrayAsync),
            assertThrows(BufferStateException.class, leaked::retained),
            assertThrows(BufferStateException.class, () -> leaked.set(next)),
            assertThrows(BufferStateException.class, () -> Ref.of(leaked)))) {
      assertThat(refused)
          .hasMessageThat()
          .startsWith(
              "The Ref of a tensor<4xf32> on cpu:0 is used after its scope has ended:"
                  + " Refs.scoped, called at ");
    }
    assertThat(assertThrows(BufferStateException.class, () -> add.start(leaked, one)))
        .hasMessageThat()
        .startsWith("adding: argument sum: The Ref of a tensor<4xf32> on cpu:0 is used after");
    assertThat(assertThrows(BufferStateException.class, () -> addLater(leaked, one)))
        .hasMessageThat()
        .startsWith("adding: argument sum: The Ref of a tensor<4xf32> on cpu:0 is used after");
    leaked.close();
    assertThat(next.isClosed()).isFalse();
    next.close();
    assertOpenBuffers(0);
  }

  @Test
  void aValueThatTheBodyTookLivesOn() {
    List<BufferPromise<Vec>> taken =
        Refs.scoped(
            data(0),
            data(5),
            (a, b) -> {
              BufferPromise<Vec> before = a.get();
              add(a, b).close();
              return List.of(before, a.get());
            });

    assertOpenBuffers(2);
    assertThat(taken.get(0).toFloatArray()).isEqualTo(all(0));
    assertThat(taken.get(1).toFloatArray()).isEqualTo(all(5));
    taken.forEach(BufferPromise::close);
    assertOpenBuffers(0);
  }

  @Test
  void aVariableThatTookOneOverLivesOn() {
    try (Ref<Vec> outer = Refs.scoped(data(3), inner -> Ref.of(inner))) {
      assertThat(outer.toFloatArray()).isEqualTo(all(3));
      assertOpenBuffers(1);
    }
    assertOpenBuffers(0);
  }

  @Test
  void theFirstValuesAreSpentUnlessTheyAreRetained() {
    DeviceBuffer<Vec> spent = data(0);
    DeviceBuffer<Vec> kept = data(1);

    float[] result =
        Refs.scoped(
            spent,
            kept.retained(),
            (a, b) -> {
              add(b, one).close();
              add(a, b).close();
              return a.toFloatArray();
            });

    assertThat(result).isEqualTo(all(2));
    assertThat(assertThrows(BufferStateException.class, spent::toFloatArray))
        .hasMessageThat()
        .contains("is spent: it was donated to a Ref");
    assertThat(kept.toFloatArray()).isEqualTo(all(1));
    assertOpenBuffers(1);
  }

  @Test
  void whereTheSecondCannotBeMadeTheFirstIsFreed() {
    DeviceBuffer<Vec> first = data(1);
    DeviceBuffer<Vec> closed = data(2);
    closed.close();
    DeviceBuffer<Vec> third = data(3);
    AtomicBoolean ran = new AtomicBoolean();

    BufferStateException refused =
        assertThrows(
            BufferStateException.class,
            () ->
                Refs.scoped(
                    first,
                    closed,
                    third,
                    (a, b, c) -> {
                      ran.set(true);
                      return 0;
                    }));

    assertThat(refused).hasMessageThat().endsWith(" was closed");
    assertThat(ran.get()).isFalse();
    assertThat(first.isClosed()).isTrue();
    assertThat(third.toFloatArray()).isEqualTo(all(3));
    assertOpenBuffers(1);
    assertThat(assertThrows(BufferStateException.class, () -> same(third)))
        .hasMessageThat()
        .contains("is spent: it was donated to a Ref");
    assertOpenBuffers(0);
  }

  private static Integer same(Tensor<Vec> tensor) {
    return Refs.scoped(tensor, tensor, (a, b) -> 0);
  }

  @Test
  void theBodyMayCloseThem() {
    int result =
        Refs.scoped(
            data(0),
            data(1),
            data(2),
            data(3),
            (a, b, c, d) -> {
              a.close();
              assertThat(assertThrows(BufferStateException.class, () -> add(a, b)))
                  .hasMessageThat()
                  .isEqualTo(
                      "adding: argument sum: The Ref of a tensor<4xf32> on cpu:0 was closed");
              d.set(data(4));
              return 7;
            });

    assertThat(result).isEqualTo(7);
    assertOpenBuffers(0);
  }

  @Test
  void aListMakesAsManyAsThereAreValues() {
    List<DeviceBuffer<Vec>> values = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      values.add(data(i));
    }

    float[] last =
        Refs.scoped(
            values,
            refs -> {
              for (int i = 1; i < refs.size(); i++) {
                add(refs.get(i).as(Vec.class), refs.get(i - 1).as(Vec.class)).close();
              }
              return refs.get(5).toFloatArray();
            });

    assertThat(last).isEqualTo(all(15));
    values.forEach(value -> assertThat(value.isClosed()).isTrue());
    assertThat(Refs.<Integer, RuntimeException>scoped(List.of(), List::size)).isEqualTo(0);
    assertOpenBuffers(0);
  }

  @Test
  void workThatStillRunsGoesOn() {
    BufferPromise<Vec> later =
        Refs.scoped(
            data(3),
            ref -> {
              add(ref, one).close();
              addLater(ref, one).close();
              return add(ref, one);
            });

    assertThat(later.isReady()).isFalse();
    var unused = compiling.complete(add);
    assertThat(later.toFloatArray()).isEqualTo(all(5));
    later.close();
    assertOpenBuffers(0);
  }

  @Test
  void aPromiseThatFailsLaterLeavesNothingOpen() {
    BufferPromise<Vec> later = Refs.scoped(data(3), ref -> addLater(ref, one));
    var unused = compiling.completeExceptionally(new CompilationException("no such operation"));
    assertThrows(CompilationException.class, later::value);
    assertOpenBuffers(0);

    try (BufferPromise<Vec> failing = Refs.scoped(data(3), ref -> add(ref, one))) {
      plugin.arm(new Fault(PjrtFunction.PJRT_Buffer_ReadyEvent, 1, StatusCode.INTERNAL, true));
      assertThat(assertThrows(PjrtException.class, failing::value))
          .hasMessageThat()
          .contains("injected into call 1");
    }
    assertOpenBuffers(0);
  }

  @Test
  void aCallThatFailsInTheBodyLeavesNothingOpen() {
    plugin.arm(
        new Fault(PjrtFunction.PJRT_LoadedExecutable_Execute, 2, StatusCode.INTERNAL, false));

    assertThat(
            assertThrows(
                PjrtException.class,
                () ->
                    Refs.scoped(
                        data(3),
                        data(4),
                        (a, b) -> {
                          add(a, b).close();
                          return add(a, b);
                        })))
        .hasMessageThat()
        .contains("injected into call 2");
    assertOpenBuffers(0);
  }

  @Test
  void anInterruptInTheBodyLeavesNothingOpen() throws InterruptedException {
    CompletableFuture<Ref<Vec>> leaked = new CompletableFuture<>();
    AtomicBoolean interrupted = new AtomicBoolean();
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread thread =
        Thread.ofVirtual()
            .start(
                () -> {
                  Tensor<Vec> first = data(3);
                  thrown.set(
                      assertThrows(
                          PromiseInterruptedException.class,
                          () ->
                              Refs.scoped(
                                  first,
                                  ref -> {
                                    BufferPromise<Vec> later = addLater(ref, one);
                                    boolean unused = leaked.complete(ref);
                                    return later.value();
                                  })));
                  interrupted.set(Thread.currentThread().isInterrupted());
                });
    Ref<Vec> ref = leaked.join();
    thread.interrupt();
    thread.join();

    assertThat(thrown.get()).hasMessageThat().startsWith("Interrupted while waiting for adding");
    assertThat(interrupted.get()).isTrue();
    assertThat(ref.isClosed()).isTrue();
    boolean unused = compiling.completeExceptionally(new CompilationException("never"));
    assertOpenBuffers(0);
  }
}
