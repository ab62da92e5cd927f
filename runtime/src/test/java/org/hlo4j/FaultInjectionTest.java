package org.hlo4j;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.hlo4j.annotation.TensorType;
import org.hlo4j.error.HloException;
import org.hlo4j.error.InsufficientMemoryException;
import org.hlo4j.error.PjrtException;
import org.hlo4j.error.PluginException;
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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Fails each call of each function that the library makes, one after the other: the error reaches
 * the user, nothing is leaked or used after its end, and the client goes on working.
 */
@Tag("plugins")
final class FaultInjectionTest {
  private static final Shape SMALL = Shape.of(ElementType.F32, 4);
  private static final Shape LARGE = Shape.of(ElementType.F32, 64, 128);
  private static final float[] DATA = {1, 2, 3, 4};

  private static final Program PROGRAM =
      Program.of(
              """
              func.func @main(%x: tensor<4xf32> {tf.aliasing_output = 0 : i32},
                  %y: tensor<4xf32>, %z: tensor<64x128xf32>)
                  -> (tensor<4xf32>, tensor<4xf32>, tensor<64x128xf32>, tensor<64x128xf32>) {
                %0 = stablehlo.add %x, %y : tensor<4xf32>
                %1 = stablehlo.add %z, %z : tensor<64x128xf32>
                return %0, %y, %1, %1
                    : tensor<4xf32>, tensor<4xf32>, tensor<64x128xf32>, tensor<64x128xf32>
              }
              """)
          .named("faulty");

  private static final Program NO_OUTPUTS =
      Program.of(
              """
              func.func @main(%x: tensor<4xf32>) {
                return
              }
              """)
          .named("silent");

  private static final Scenario ON_ONE_DEVICE = FaultInjectionTest::work;

  /** What the user is not told: there is nothing to be done about it, and nothing is lost. */
  private static final Set<PjrtFunction> UNTOLD =
      Set.of(
          PjrtFunction.PJRT_Client_Destroy,
          PjrtFunction.PJRT_Buffer_Destroy,
          PjrtFunction.PJRT_LoadedExecutable_Destroy,
          PjrtFunction.PJRT_Executable_Destroy,
          PjrtFunction.PJRT_Event_Destroy,
          PjrtFunction.PJRT_Buffer_DecreaseExternalReferenceCount);

  /** What is tried again after a collection, if the device has no memory left. */
  private static final Set<PjrtFunction> RETRIED =
      Set.of(
          PjrtFunction.PJRT_LoadedExecutable_Execute,
          PjrtFunction.PJRT_Client_BufferFromHostBuffer);

  private final PluginLocation location = plugin();
  private final FaultPlugin plugin = new FaultPlugin(location.library());
  private int injected;

  private static PluginLocation plugin() {
    try (Pjrt client = Pjrt.open()) {
      return client.plugin();
    }
  }

  private Pjrt open() {
    return Pjrt.of(
        location, plugin.newClient(), DiskExecutableCache.off(), CallsInFlight::ofThePlugin);
  }

  /** Uses every native function that the library has a use for, and checks the numbers. */
  private static void work(Pjrt client) {
    Device device = client.device();
    try (Executable executable = device.compile(PROGRAM);
        Executable silent = device.compile(NO_OUTPUTS)) {
      call(device, executable);
      try (DeviceBuffer<?> x = device.put(SMALL, DATA)) {
        assertThat(silent.execute(x)).isEmpty();
        silent.start(x).complete().value();
      }
      assertThat(executable.statistics().outputBytes()).isGreaterThan(0);
    }
    reload(client);
  }

  private static void call(Device device, Executable executable) {
    float[] large = new float[64 * 128];
    try (BufferPromise<?> x = device.putAsync(SMALL, DATA);
        BufferPromise<?> y = device.putAsync(SMALL, DATA);
        BufferPromise<?> z = device.putAsync(LARGE, large);
        OpenTensors outputs = new OpenTensors(executable.executeAsync(x, y, z))) {
      Promise<float[]> first = outputs.get(0).toFloatArrayAsync();
      assertThat(first.value()).isEqualTo(new float[] {2, 4, 6, 8});
      assertThat(outputs.get(0).toFloatArray()).isEqualTo(new float[] {2, 4, 6, 8});
      assertThat(outputs.get(1).toFloatArray()).isEqualTo(DATA);
      assertThat(outputs.get(3).toFloatArray()).isEqualTo(large);
      assertThat(x.isClosed()).isTrue();
    }
  }

  private static void reload(Pjrt client) {
    SerializedExecutable serialized;
    try (Executable executable = client.device().compile(PROGRAM)) {
      serialized = executable.serialize();
    }
    try (Executable loaded = client.device().load(PROGRAM, serialized)) {
      call(client.device(), loaded);
    }
  }

  /** Tensors that are closed together. */
  private record OpenTensors(List<BufferPromise<?>> tensors) implements AutoCloseable {
    BufferPromise<?> get(int index) {
      return tensors.get(index);
    }

    @Override
    public void close() {
      tensors.forEach(BufferPromise::close);
    }
  }

  private static final Program REDUCING =
      Program.of(
              """
              func.func @main(%x: tensor<4xf32>, %y: tensor<4xf32> {tf.aliasing_output = 1 : i32})
                  -> (tensor<4xf32>, tensor<4xf32>) {
                %0 = "stablehlo.all_reduce"(%x) ({
                ^bb0(%a: tensor<f32>, %b: tensor<f32>):
                  %s = stablehlo.add %a, %b : tensor<f32>
                  stablehlo.return %s : tensor<f32>
                }) {replica_groups = dense<[[0, 1]]> : tensor<1x2xi64>}
                    : (tensor<4xf32>) -> tensor<4xf32>
                %1 = stablehlo.add %x, %y : tensor<4xf32>
                return %0, %1 : tensor<4xf32>, tensor<4xf32>
              }
              """,
              2, 1)
          .named("reducing");

  /** Uses two devices at once. */
  private static void workOnTwoDevices(Pjrt client) {
    DeviceGroup group = client.group(2);
    try (Executable executable = group.compile(REDUCING);
        ShardedBuffer<F32> x = executable.<F32>input(0).putEach(List.of(DATA, DATA));
        ShardedBuffer<F32> y = executable.<F32>input(1).putEach(List.of(DATA, DATA))) {
      Results results = executable.start(x, y);
      try (ShardedPromise<F32> sum = results.shardedPromise(0);
          ShardedPromise<F32> other = results.shardedPromise(1)) {
        Void unused = results.complete().value();
        for (float[] replica : sum.toArrays(float[].class)) {
          assertThat(replica).isEqualTo(new float[] {2, 4, 6, 8});
        }
        assertThat(other.replica(1).toFloatArray()).isEqualTo(new float[] {2, 4, 6, 8});
      }
    }
  }

  /** Moves data between devices, memories and the host in all other ways. */
  private static void copy(Pjrt client) {
    Device device = client.device();
    Memory pinned = device.memories().get(1);
    MemorySegment own = Arena.ofAuto().allocate(SMALL.byteSize(), 64);
    own.copyFrom(MemorySegment.ofArray(DATA));
    HostTensor<Small> host = HostTensor.allocate(Small.class).set(DATA);
    try (DeviceBuffer<?> x = device.put(SMALL, DATA);
        DeviceBuffer<?> there = x.copyTo(client.device(1));
        DeviceBuffer<?> kept = there.copyTo(pinned);
        DeviceBuffer<?> put = pinned.put(SMALL, DATA);
        DeviceBuffer<Small> shared = device.putShared(Small.class, own);
        DeviceBuffer<Small> handed = device.put(host);
        TensorView<Small> view = handed.view()) {
      assertThat(kept.memory().kind()).isEqualTo(pinned.kind());
      assertThat(kept.toFloatArray()).isEqualTo(DATA);
      assertThat(put.toFloatArray()).isEqualTo(DATA);
      assertThat(shared.toFloatArray()).isEqualTo(DATA);
      assertThat(view.toArray(float[].class)).isEqualTo(DATA);
      try (HostTensor<?> back = there.toHostTensorAsync().value()) {
        assertThat(back.toArray(float[].class)).isEqualTo(DATA);
      }
    } finally {
      host.close();
    }
  }

  @TensorType("tensor<4xf32>")
  interface Small extends F32 {}

  /** What the faults happen in. */
  private interface Scenario {
    void work(Pjrt client);
  }

  private @Nullable RuntimeException run(Fault fault, Scenario scenario) {
    plugin.arm(fault);
    try (Pjrt client = open()) {
      RuntimeException thrown = attempt(client, scenario);
      // The fault has happened, so the same client must be able to do that now.
      if (scenario.equals(ON_ONE_DEVICE)) {
        reload(client);
      } else {
        scenario.work(client);
      }
      return thrown;
    } catch (PjrtException | PluginException e) {
      assertWithMessage("%s, with a client", fault).that(plugin.open()).isEmpty();
      return e;
    }
  }

  private static @Nullable RuntimeException attempt(Pjrt client, Scenario scenario) {
    try {
      scenario.work(client);
      return null;
    } catch (HloException e) {
      return e;
    }
  }

  /** What the plugin still does when all is closed ends at some time. */
  private void awaitNothingOpen() {
    Await.until(() -> plugin.open().isEmpty());
  }

  private void inject(Fault fault) {
    inject(fault, ON_ONE_DEVICE);
  }

  private void inject(Fault fault, Scenario scenario) {
    RuntimeException thrown = run(fault, scenario);
    awaitNothingOpen();
    assertWithMessage("%s happened", fault).that(plugin.hasFired()).isTrue();
    assertWithMessage("violations after %s", fault).that(plugin.violations()).isEmpty();
    injected++;
    boolean retried =
        fault.code() == StatusCode.RESOURCE_EXHAUSTED
            && RETRIED.contains(fault.function())
            && !fault.inEvent();
    boolean optional =
        fault.code() == StatusCode.UNIMPLEMENTED
            && fault.function() == PjrtFunction.PJRT_Executable_GetCompiledMemoryStats;
    if (UNTOLD.contains(fault.function()) || retried || optional) {
      if (thrown != null) {
        throw new AssertionError("thrown after " + fault, thrown);
      }
    } else {
      assertTold(fault, thrown);
    }
  }

  private static void assertTold(Fault fault, @Nullable RuntimeException thrown) {
    PjrtException cause = null;
    for (Throwable t = thrown; t != null && cause == null; t = t.getCause()) {
      cause = t instanceof PjrtException found ? found : null;
    }
    if (cause == null) {
      throw new AssertionError("untold: " + fault, thrown);
    }
    assertThat(cause.code()).isEqualTo(fault.code());
    assertThat(cause).hasMessageThat().contains("injected into call " + fault.call());
    assertThat(cause)
        .hasMessageThat()
        .contains(isOfEvent(fault) ? fault.code().name() : fault.function() + ": " + fault.code());
  }

  /** An event's error is that of the operation that it ends. */
  private static boolean isOfEvent(Fault fault) {
    return fault.inEvent() || fault.function() == PjrtFunction.PJRT_Event_Error;
  }

  private Map<PjrtFunction, Integer> countCalls(Scenario scenario) {
    plugin.arm(null);
    try (Pjrt client = open()) {
      scenario.work(client);
    }
    awaitNothingOpen();
    assertThat(plugin.violations()).isEmpty();
    Map<PjrtFunction, Integer> counts = new EnumMap<>(PjrtFunction.class);
    for (PjrtFunction function : PjrtFunction.values()) {
      if (plugin.calls(function) > 0) {
        counts.put(function, plugin.calls(function));
      }
    }
    return counts;
  }

  /** Each code in turn; but a transfer whose event says that memory is short is tried again. */
  private static StatusCode code(PjrtFunction function, int number) {
    StatusCode[] codes = StatusCode.values();
    StatusCode code = codes[1 + number % (codes.length - 1)];
    return code == StatusCode.RESOURCE_EXHAUSTED && function.name().startsWith("PJRT_Event_")
        ? StatusCode.INTERNAL
        : code;
  }

  @Test
  void everyCallOfEveryFunctionMayFail() {
    injectEach(ON_ONE_DEVICE);
  }

  @Test
  void everyCallOfALaunchOnSeveralDevicesMayFail() {
    injectEach(FaultInjectionTest::workOnTwoDevices);
  }

  @Test
  void everyCallOfACopyMayFail() {
    injectEach(FaultInjectionTest::copy);
  }

  private void injectEach(Scenario scenario) {
    Map<PjrtFunction, Integer> counts = countCalls(scenario);
    counts.remove(PjrtFunction.PJRT_Error_Destroy);
    counts.remove(PjrtFunction.PJRT_Error_Message);
    counts.remove(PjrtFunction.PJRT_Error_GetCode);
    int number = 0;
    for (Map.Entry<PjrtFunction, Integer> entry : counts.entrySet()) {
      for (int call = 1; call <= entry.getValue(); call++) {
        inject(new Fault(entry.getKey(), call, code(entry.getKey(), number), false), scenario);
        number++;
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%d faults injected into calls of %d functions, %d handles made and destroyed%n",
        injected,
        counts.size(),
        plugin.created());
    assertThat(injected).isGreaterThan(50);
  }

  @Test
  void everyCodeReachesTheUser() {
    for (StatusCode code : StatusCode.values()) {
      if (code != StatusCode.OK) {
        inject(new Fault(PjrtFunction.PJRT_LoadedExecutable_Execute, 1, code, false));
        inject(new Fault(PjrtFunction.PJRT_Client_BufferFromHostBuffer, 2, code, false));
      }
    }
  }

  @Test
  void workMayFailAfterItsCall() {
    for (PjrtFunction function :
        List.of(PjrtFunction.PJRT_Buffer_ReadyEvent, PjrtFunction.PJRT_Buffer_ToHostBuffer)) {
      Map<PjrtFunction, Integer> counts = countCalls(ON_ONE_DEVICE);
      for (int call = 1; call <= counts.getOrDefault(function, 0); call++) {
        inject(new Fault(function, call, StatusCode.INTERNAL, true));
      }
    }
    inject(new Fault(PjrtFunction.PJRT_LoadedExecutable_Execute, 2, StatusCode.DATA_LOSS, true));
  }

  @Test
  void aDeviceThatHasNoMemoryLeftIsAnExceptionWithSizes() {
    plugin.arm(null);
    try (Pjrt client = open();
        DeviceBuffer<?> x = client.device().put(SMALL, DATA);
        DeviceBuffer<?> z = client.device().put(LARGE, new float[64 * 128])) {
      Executable executable = client.device().compile(PROGRAM);
      for (PjrtFunction function : RETRIED) {
        plugin.arm(new Fault(function, 0, StatusCode.RESOURCE_EXHAUSTED, false));
        assertThat(
                assertThrows(
                    InsufficientMemoryException.class,
                    () -> {
                      client.device().put(SMALL, DATA).close();
                      executable.execute(x.retained(), x, z);
                    }))
            .hasMessageThat()
            .containsMatch("needs (16|65,568) bytes, but the device has too little free memory");
      }
      plugin.arm(null);
      assertThat(x.toFloatArray()).isEqualTo(DATA);
    }
    awaitNothingOpen();
    assertThat(plugin.violations()).isEmpty();
  }

  @Test
  void aGroupThatHasNoMemoryLeftIsAskedAgain() {
    plugin.arm(null);
    try (Pjrt client = open()) {
      DeviceGroup group = client.group(2);
      Executable executable = group.compile(REDUCING);
      ShardedBuffer<F32> x = executable.<F32>input(0).putEach(List.of(DATA, DATA));
      plugin.arm(
          new Fault(
              PjrtFunction.PJRT_LoadedExecutable_Execute, 1, StatusCode.RESOURCE_EXHAUSTED, false));
      assertThat(executable.executeSharded(x, x.retained()).get(0).replica(1).toFloatArray())
          .isEqualTo(new float[] {2, 4, 6, 8});
      plugin.arm(
          new Fault(
              PjrtFunction.PJRT_LoadedExecutable_Execute, 0, StatusCode.RESOURCE_EXHAUSTED, false));
      assertThrows(
          InsufficientMemoryException.class, () -> executable.executeSharded(x, x.retained()));
      plugin.arm(null);
    }
    awaitNothingOpen();
    assertThat(plugin.violations()).isEmpty();
  }

  @Test
  void outputsOfAGroupWhoseWorkFailsAreClosed() {
    plugin.arm(null);
    try (Pjrt client = open()) {
      DeviceGroup group = client.group(2);
      Executable executable = group.compile(REDUCING);
      ShardedBuffer<F32> x = executable.<F32>input(0).putEach(List.of(DATA, DATA));
      long open = plugin.open().size();
      plugin.arm(
          new Fault(PjrtFunction.PJRT_LoadedExecutable_Execute, 1, StatusCode.DATA_LOSS, true));
      assertThrows(PjrtException.class, () -> executable.executeSharded(x, x.retained()));
      plugin.arm(null);
      Await.until(() -> plugin.open().size() == open);
      assertThat(x.replica(1).toFloatArray()).isEqualTo(DATA);
    }
    awaitNothingOpen();
    assertThat(plugin.violations()).isEmpty();
  }

  @Test
  void thePluginIsToldTheLineOfACall() {
    plugin.arm(null);
    try (Pjrt client = open()) {
      work(client);
    }

    assertThat(plugin.callLocation()).containsMatch("\\(.*:[0-9]+\\)");
  }

  @Test
  void anErrorWhoseCodeCannotBeAskedIsStillTold() {
    plugin.arm(new Fault(PjrtFunction.PJRT_Error_GetCode, 1, StatusCode.INTERNAL, false));
    try (Pjrt client = open()) {
      Program wrong = Program.of(PROGRAM.text().replace("stablehlo.add", "stablehlo.nonsense"));
      assertThat(assertThrows(HloException.class, () -> client.device().compile(wrong)))
          .hasMessageThat()
          .contains("nonsense");
    }
    awaitNothingOpen();
    assertThat(plugin.violations()).isEmpty();
  }

  @Test
  void aFileThatIsNoPluginIsRefused() {
    List<String> messages = new ArrayList<>();
    Path ofTheJdk = Path.of(System.getProperty("java.home"), "lib", System.mapLibraryName("net"));
    for (Path file : List.of(Path.of("pom.xml"), Path.of("no-such-file"), ofTheJdk)) {
      messages.add(
          assertThrows(
                  PluginException.class, () -> Pjrt.builder().plugin(file.toAbsolutePath()).open())
              .getMessage());
    }
    assertThat(messages.get(0)).contains("pom.xml cannot be loaded: ");
    assertThat(messages.get(1)).contains("no-such-file");
    assertThat(messages.get(2))
        .endsWith("is not a PJRT plugin: it does not export the function GetPjrtApi");
  }
}
