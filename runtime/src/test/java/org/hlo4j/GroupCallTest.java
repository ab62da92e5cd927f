package org.hlo4j;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.hlo4j.annotation.TensorType;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.error.BufferStateException;
import org.hlo4j.error.CompilationException;
import org.hlo4j.internal.device.CallsInFlight;
import org.hlo4j.type.ElementType;
import org.hlo4j.type.F32;
import org.hlo4j.type.Shape;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Calls on four devices can do what calls on one can. */
@Tag("plugins")
final class GroupCallTest {
  private static final int DEVICES = 4;
  private static final Shape SHAPE = Shape.of(ElementType.F32, 8, 2);
  private static final Sharding ROWS = Sharding.split(0, DEVICES);
  private static final String MESH = "sdy.mesh @mesh = <[\"d\"=4]>\n";
  private static final String SPREAD = "{sdy.sharding = #sdy.sharding<@mesh, [{\"d\"}, {}]>}";

  /** Adds {@code x} to the first argument, which gives its memory to the sum. */
  private static final Program ADDING = adding("tf.aliasing_output = 0 : i32, ");

  private static final Program READING = adding("");

  private final Pjrt client = Pjrt.builder().cpuDevices(DEVICES).withoutCache().open();
  private final DeviceGroup group = client.group(DEVICES);

  @AfterEach
  void close() {
    client.close();
  }

  private static Program adding(String donation) {
    String text =
        """
        module attributes {mhlo.num_partitions = 4 : i32} {
          $MESH
          func.func @main(
              %sum: tensor<8x2xf32> {$DONATIONsdy.sharding = #sdy.sharding<@mesh, [{"d"}, {}]>},
              %x: tensor<8x2xf32> $SPREAD) -> (tensor<8x2xf32> $SPREAD) {
            %0 = stablehlo.add %sum, %x : tensor<8x2xf32>
            return %0 : tensor<8x2xf32>
          }
        }
        """
            .replace("$MESH", MESH)
            .replace("$DONATION", donation)
            .replace("$SPREAD", SPREAD);
    return Program.of(text).named("adding");
  }

  private static float[] all(float value) {
    float[] values = new float[16];
    Arrays.fill(values, value);
    return values;
  }

  private static float[] counting() {
    float[] values = new float[16];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    return values;
  }

  private ShardedBuffer<?> put(float[] values) {
    return group.put(SHAPE, ROWS, values);
  }

  private static float[] read(Sharded<?> tensor) {
    return tensor.toFloatArray();
  }

  /** Starts a call whose program is compiled when the future says so. */
  private Results defer(
      CompletableFuture<Executable> compiling, Program program, Sharded<?>... arguments) {
    return group.startDeferred(compiling, program, arguments).orElseThrow();
  }

  @Test
  void aCallDoesNotWaitForItsProgram() {
    CompletableFuture<Executable> compiling = new CompletableFuture<>();
    ShardedBuffer<?> x = put(all(1));
    ShardedBuffer<?> sum = put(all(2));

    ShardedPromise<?> first = defer(compiling, ADDING, sum, x).shardedPromise(0);
    ShardedPromise<?> second = defer(compiling, ADDING, first, x).shardedPromise(0);
    Promise<float[]> read = second.toFloatArrayAsync();

    assertThat(sum.isClosed()).isTrue();
    assertThat(first.isClosed()).isTrue();
    assertThat(second.isReady()).isFalse();
    assertThat(second.toString()).endsWith("not ready");
    assertThat(read.isReady()).isFalse();
    compiling.complete(group.compile(ADDING));
    assertThat(read.value()).isEqualTo(all(4));
    assertThat(read(second)).isEqualTo(all(4));
    assertThat(read(x)).isEqualTo(all(1));
  }

  @Test
  void theFirstCallOfAProgramIsRight() {
    assertThat(read(group.start(READING, put(all(1)), put(all(2))).shardedPromise(0)))
        .isEqualTo(all(3));
  }

  @Test
  void aCallWhoseProgramIsRefusedLeavesItsArguments() {
    CompletableFuture<Executable> compiling = new CompletableFuture<>();
    ShardedBuffer<?> sum = put(all(2));
    ShardedPromise<?> result = defer(compiling, ADDING, sum, put(all(1))).shardedPromise(0);

    compiling.completeExceptionally(new CompilationException("no such operation"));

    assertThrows(CompilationException.class, result::value);
    assertThrows(CompilationException.class, () -> result.shard(3));
    assertThrows(CompilationException.class, result::toFloatArray);
    assertThat(read(sum)).isEqualTo(all(2));
  }

  @Test
  void aRetainedArgumentStays() {
    ShardedBuffer<?> sum = put(all(2));
    Executable executable = group.compile(ADDING);

    assertThat(read(executable.executeSharded(sum.retained(), put(all(1))).get(0)))
        .isEqualTo(all(3));

    assertThat(sum.isClosed()).isFalse();
    assertThat(read(sum)).isEqualTo(all(2));
    assertThat(read(executable.executeSharded(sum, put(all(1))).get(0))).isEqualTo(all(3));
    assertThat(sum.isClosed()).isTrue();
  }

  @Test
  void whatIsDonatedIsGivenOnce() {
    ShardedBuffer<?> sum = put(all(2));

    assertThat(
            assertThrows(
                ArgumentException.class, () -> group.compile(ADDING).executeSharded(sum, sum)))
        .hasMessageThat()
        .isEqualTo("adding: argument sum is donated, but the same buffer is also argument x");
    assertThat(read(sum)).isEqualTo(all(2));
  }

  @Test
  void tensorsOfOneDeviceAreRefused() {
    Tensor<?> one = client.device().put(SHAPE, all(1));

    assertThat(assertThrows(ArgumentException.class, () -> group.compile(READING).start(one, one)))
        .hasMessageThat()
        .isEqualTo("adding runs on [cpu:0, cpu:1, cpu:2, cpu:3], but argument sum is on cpu:0");
  }

  @Test
  void outputsOfSeveralDevicesAreSharded() {
    Results results = group.compile(READING).start(put(all(1)), put(all(1)));

    assertThat(assertThrows(ArgumentException.class, () -> results.buffer(0)))
        .hasMessageThat()
        .endsWith("ran on [cpu:0, cpu:1, cpu:2, cpu:3]: its outputs are sharded");
    assertThat(read(results.shardedBuffer(0))).isEqualTo(all(2));
  }

  @Test
  void callsInFlightAreBoundedOnAllDevices() throws InterruptedException {
    try (Pjrt bounded =
        Pjrt.builder().cpuDevices(DEVICES).withoutCache().maxCallsInFlight(1).open()) {
      DeviceGroup forward = bounded.group(DEVICES);
      List<Device> devices = new ArrayList<>(forward.devices());
      Collections.reverse(devices);
      DeviceGroup backward = DeviceGroup.of(devices);
      List<Thread> threads = new ArrayList<>();
      CompletableFuture<Void> failure = new CompletableFuture<>();
      for (DeviceGroup order : List.of(forward, backward)) {
        threads.add(
            Thread.ofPlatform()
                .start(
                    () -> {
                      try {
                        accumulate(order);
                      } catch (RuntimeException | Error e) {
                        failure.completeExceptionally(e);
                      }
                    }));
      }
      for (Thread thread : threads) {
        thread.join();
      }
      assertThat(failure.isDone()).isFalse();
    }
  }

  private static void accumulate(DeviceGroup order) {
    Executable executable = order.compile(ADDING);
    Sharded<?> one = order.put(SHAPE, ROWS, all(1));
    Sharded<?> sum = order.put(SHAPE, ROWS, all(0));
    for (int i = 0; i < 200; i++) {
      sum = executable.executeShardedAsync(sum, one).get(0);
    }
    assertThat(read(sum)).isEqualTo(all(200));
  }

  @Test
  void boundsOfSeveralDevicesAreKeptTogether() {
    CallsInFlight first = CallsInFlight.atMost(1);
    CallsInFlight second = CallsInFlight.atMost(2);
    CallsInFlight both = CallsInFlight.ofAll(List.of(first, second));

    both.begin("a call");
    second.begin("another");
    Thread.currentThread().interrupt();
    assertThrows(RuntimeException.class, () -> both.begin("a third"));
    assertThat(Thread.interrupted()).isTrue();
    both.ended();
    both.begin("a third");
  }

  @Test
  void aHostTensorIsSpreadAndGatheredAgain() {
    HostTensor<?> host = HostTensor.allocate(SHAPE).set(counting());

    ShardedBuffer<?> spread = group.put(ROWS, host);

    assertThat(host.isClosed()).isTrue();
    assertThat(host.toString()).contains("was handed over to [cpu:0, cpu:1, cpu:2, cpu:3]");
    assertThat(spread.shard(2).toFloatArray()).isEqualTo(new float[] {8, 9, 10, 11});
    try (HostTensor<?> back = spread.toHostTensor()) {
      assertThat(back.toArray(float[].class)).isEqualTo(counting());
    }
    assertThrows(BufferStateException.class, () -> group.put(ROWS, host));
  }

  @Test
  void elementsAreReadInAllForms() {
    ShardedBuffer<?> spread = put(counting());
    float[] flat = new float[16];
    float[][] rows = new float[8][2];

    spread.copyToArray(flat);
    spread.copyToArray(rows);

    assertThat(flat).isEqualTo(counting());
    assertThat(rows[7]).isEqualTo(new float[] {14, 15});
    assertThat(spread.toArray(float[][].class)[3]).isEqualTo(new float[] {6, 7});
  }

  @Test
  void aViewIsACopyUnlessADeviceHasAll() {
    try (TensorView<?> view = put(counting()).view()) {
      assertThat(view.isZeroCopy()).isFalse();
      assertThat(view.toArray(float[].class)).isEqualTo(counting());
    }
    ShardedBuffer<?> replicated = group.put(SHAPE, Sharding.replicated(DEVICES), counting());
    try (TensorView<?> view = replicated.view()) {
      assertThat(view.isZeroCopy()).isTrue();
      assertThat(view.toArray(float[].class)).isEqualTo(counting());
    }
  }

  @Test
  void anotherClientLoadsWhatIsSerialized() {
    SerializedExecutable serialized = group.compile(ADDING).serialize();

    try (Pjrt other = Pjrt.builder().cpuDevices(DEVICES).withoutCache().open()) {
      DeviceGroup devices = other.group(DEVICES);
      Executable loaded = devices.load(ADDING, SerializedExecutable.of(serialized.toByteArray()));

      assertThat(
              read(
                  loaded
                      .executeSharded(
                          devices.put(SHAPE, ROWS, all(1)), devices.put(SHAPE, ROWS, all(2)))
                      .get(0)))
          .isEqualTo(all(3));
      assertThat(other.executables().compiled()).isEqualTo(0);
      assertThrows(ArgumentException.class, () -> other.group(2).load(ADDING, serialized));
    }
  }

  @TensorType("tensor<8x2xf32>")
  interface Rows extends F32 {}

  private static ShardedRef<Rows> ref(ShardedBuffer<?> value) {
    return ShardedRef.of(value.as(Rows.class));
  }

  @Test
  void aRefIsReplacedByTheOutput() {
    ShardedBuffer<?> first = put(all(2));
    ShardedBuffer<?> x = put(all(1));
    Executable executable = group.compile(ADDING);
    try (ShardedRef<Rows> sum = ref(first)) {
      assertThat(first.isClosed()).isTrue();
      ShardedPromise<Rows> before = sum.get();
      for (int i = 0; i < 3; i++) {
        assertThat(executable.start(sum, x).size()).isEqualTo(0);
      }

      assertThat(read(sum)).isEqualTo(all(5));
      assertThat(read(before)).isEqualTo(all(2));
      assertThat(sum.toString()).startsWith("ShardedRef of a tensor<8x2xf32>");
      sum.set(sum.get());
      assertThat(read(executable.start(sum.retained(), x).shardedPromise(0))).isEqualTo(all(6));
      assertThat(read(sum)).isEqualTo(all(5));
    }
    assertThat(first.isClosed()).isTrue();
  }

  @Test
  void aRefIsRefusedWhereItDoesNotFit() {
    ShardedRef<Rows> sum = ref(put(all(2)));
    Executable executable = group.compile(ADDING);

    assertThat(assertThrows(ArgumentException.class, () -> executable.start(sum, sum)))
        .hasMessageThat()
        .contains("the same Ref is also argument x");
    sum.close();
    assertThat(assertThrows(BufferStateException.class, () -> executable.start(sum, put(all(1)))))
        .hasMessageThat()
        .contains("was closed");
  }

  @Test
  void aScopeClosesRefsAndDeferredOutputs() {
    CompletableFuture<Executable> compiling = new CompletableFuture<>();
    ShardedBuffer<?> x = put(all(1));
    ShardedRef<Rows> inner;
    ShardedRef<Rows> kept;
    ShardedPromise<?> result;
    try (TensorScope scope = TensorScope.open()) {
      inner = ref(put(all(2)));
      kept = scope.keep(ref(put(all(3))));
      result = defer(compiling, READING, x, x).shardedPromise(0);
    }
    compiling.complete(group.compile(READING));

    assertThat(inner.isClosed()).isTrue();
    assertThat(read(kept)).isEqualTo(all(3));
    assertThat(result.isClosed()).isTrue();
    assertThrows(BufferStateException.class, result::toFloatArray);
    assertThat(read(x)).isEqualTo(all(1));
  }
}
