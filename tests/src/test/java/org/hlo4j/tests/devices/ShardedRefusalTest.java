package org.hlo4j.tests.devices;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.hlo4j.Device;
import org.hlo4j.DeviceBuffer;
import org.hlo4j.DeviceGroup;
import org.hlo4j.Executable;
import org.hlo4j.Pjrt;
import org.hlo4j.Program;
import org.hlo4j.Sharded;
import org.hlo4j.ShardedBuffer;
import org.hlo4j.Sharding;
import org.hlo4j.Tensor;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.error.BufferStateException;
import org.hlo4j.error.CompilationException;
import org.hlo4j.type.Shape;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is wrong is refused before any device starts, and the client works afterwards. */
@Tag("plugins")
final class ShardedRefusalTest {
  private static final Shape VEC = Shape.of(Vec.class);
  private static final float[] DATA = {1, 2, 3, 4};

  private final Pjrt client = Four.client();
  private final DeviceGroup group = Four.group();
  private final Executable allReduce = group.compile(Four.allReduce(4));

  private ShardedBuffer<Vec> data() {
    return group.put(Vec.class, Sharding.whole(), DATA);
  }

  @AfterEach
  void theClientWorks() {
    ShardedBuffer<?> sum = allReduce.executeSharded(data()).get(0);
    assertThat(sum.replica(3).toFloatArray()).isEqualTo(new float[] {4, 8, 12, 16});
  }

  private static <E extends Throwable> void refuses(
      Class<E> type, String message, org.junit.jupiter.api.function.Executable action) {
    assertThat(assertThrows(type, action)).hasMessageThat().contains(message);
  }

  @Test
  void groupsHaveDistinctDevicesOfOneClient() {
    Device first = client.device(0);
    refuses(ArgumentException.class, "at least one device", () -> DeviceGroup.of());
    refuses(
        ArgumentException.class, "cpu:0 is in the group twice", () -> DeviceGroup.of(first, first));
    refuses(
        ArgumentException.class,
        "no group of 5 devices; the cpu client has 4",
        () -> client.group(5));
    refuses(ArgumentException.class, "no group of 0 devices", () -> client.group(0));
    try (Pjrt other = Pjrt.builder().cpuDevices(1).open()) {
      refuses(
          ArgumentException.class,
          "cpu:0 is of another client",
          () -> DeviceGroup.of(first, other.device()));
    }
  }

  @Test
  void aProgramNeedsItsNumberOfDevices() {
    refuses(
        ArgumentException.class,
        "runs on 2 devices (2 replicas of 1 partition), and [cpu:0, cpu:1, cpu:2, cpu:3] has 4",
        () -> group.compile(Four.allReduce(2)));
    refuses(
        ArgumentException.class,
        "runs as 4 replicas of 1 partition; compile it for a DeviceGroup",
        () -> client.device().compile(Four.allReduce(4)));
    refuses(
        ArgumentException.class,
        "cannot run as 0 replicas",
        () -> Program.of("func.func @main() { return }", 0, 1));
    refuses(
        CompilationException.class,
        "the program declares mhlo.num_replicas = 2 : i32, but is compiled for 4",
        () ->
            Program.of(
                "module attributes {mhlo.num_replicas = 2 : i32} { func.func @main() { return } }",
                4,
                1));
  }

  @Test
  void aCollectiveOfAReplicaThatIsMissingIsRefused() {
    String text = Four.allReduce(4).text();

    refuses(
        CompilationException.class,
        "there is no replica 2, since the program runs as 2 replicas of 1 partitions",
        () -> Program.of(text, 2, 1));
    refuses(CompilationException.class, "there is no replica 1", () -> Program.of(text));
  }

  @Test
  void aCollectiveWithAChannelForPartitionsIsRefusedForReplicas() {
    refuses(
        CompilationException.class,
        "its channel is for partitions, but the program has only one",
        () ->
            Program.of(
                """
                func.func @main(%x: tensor<4xf32>) -> tensor<4xf32> {
                  %0 = "stablehlo.collective_permute"(%x) <{
                      source_target_pairs = dense<[[0, 1]]> : tensor<1x2xi64>,
                      channel_handle = #stablehlo.channel_handle<handle = 1, type = 1>}>
                      : (tensor<4xf32>) -> tensor<4xf32>
                  return %0 : tensor<4xf32>
                }
                """,
                4, 1));
  }

  @Test
  void shardsHaveToFitInNumberShapeAndDevice() {
    List<Tensor<?>> shards =
        List.of(
            client.device(0).put(Vec.class, DATA),
            client.device(1).put(Vec.class, DATA),
            client.device(2).put(Vec.class, DATA));
    Tensor<?> last = client.device(3).put(Vec.class, DATA);
    Tensor<?> small = client.device(3).put(One.class, new float[] {1});
    Tensor<?> elsewhere = client.device(2).put(Vec.class, DATA);

    refuses(
        ArgumentException.class,
        "has 4 devices, and these are 3 shards",
        () -> group.join(Vec.class, Sharding.whole(), shards));
    refuses(
        ArgumentException.class,
        "Shard 3 of a tensor<4xf32>, replicated, is a tensor<4xf32>, not a tensor<1xf32>",
        () -> group.join(Vec.class, Sharding.whole(), with(shards, small)));
    refuses(
        ArgumentException.class,
        "Shard 3 belongs on cpu:3, and is on cpu:2",
        () -> group.join(Vec.class, Sharding.whole(), with(shards, elsewhere)));
    Sharded<Vec> joined = group.join(Vec.class, Sharding.whole(), with(shards, last));
    assertThat(
            ((ShardedBuffer<?>) allReduce.executeSharded(joined).get(0)).replica(0).toFloatArray())
        .isEqualTo(new float[] {4, 8, 12, 16});
  }

  private static List<Tensor<?>> with(List<Tensor<?>> shards, Tensor<?> last) {
    return List.of(shards.get(0), shards.get(1), shards.get(2), last);
  }

  @Test
  void dataHasToFitInNumberAndShape() {
    refuses(
        ArgumentException.class,
        "takes 4 elements, not the 3",
        () -> group.put(Vec.class, Sharding.whole(), new float[3]));
    refuses(
        ArgumentException.class,
        "is 4 replicas, and there is data for 2",
        () -> group.putEach(Vec.class, Sharding.whole(), List.of(DATA, DATA)));
    refuses(
        ArgumentException.class,
        "has 4 devices, and the sharding (split 3) is over 3",
        () -> group.put(Vec.class, Sharding.split(0, 3), DATA));
    refuses(
        ArgumentException.class,
        "does not divide evenly into 4 parts",
        () -> group.put(Shape.parse("tensor<6xf32>"), Sharding.split(0, 4), new float[6]));
    refuses(
        ArgumentException.class,
        "not with a int[]",
        () -> group.put(Vec.class, Sharding.split(0, 4), new int[4]));
  }

  @Test
  void argumentsHaveToFitInNumberShapeShardingAndDevices() {
    refuses(ArgumentException.class, "takes 1 arguments, not 0", () -> allReduce.executeSharded());
    refuses(
        ArgumentException.class,
        "argument x takes a tensor<4xf32>, not a tensor<1xf32>",
        () -> allReduce.executeSharded(group.put(One.class, Sharding.whole(), new float[] {1})));
    refuses(
        ArgumentException.class,
        "argument x takes a tensor<4xf32>, not a tensor<4xi32>",
        () ->
            allReduce.executeSharded(
                group.put(Shape.parse("tensor<4xi32>"), Sharding.whole(), new int[4])));
    refuses(
        ArgumentException.class,
        "argument x has to be replicated over 1 devices, and is split 4 over 4",
        () -> allReduce.executeSharded(group.put(VEC, Sharding.split(0, 4), DATA)));
    refuses(
        ArgumentException.class,
        "argument x has to be replicated over 1 devices, and is replicated over 4",
        () -> allReduce.executeSharded(group.put(VEC, Sharding.replicated(4), DATA)));
    DeviceGroup reversed =
        DeviceGroup.of(client.device(3), client.device(2), client.device(1), client.device(0));
    refuses(
        ArgumentException.class,
        "but argument x is on [cpu:3, cpu:2, cpu:1, cpu:0]",
        () -> allReduce.executeSharded(reversed.put(VEC, Sharding.whole(), DATA)));
    try (Pjrt other = Pjrt.builder().cpuDevices(4).open()) {
      refuses(
          ArgumentException.class,
          "of another client",
          () -> allReduce.executeSharded(other.group(4).put(VEC, Sharding.whole(), DATA)));
    }
  }

  @Test
  @SuppressWarnings("NullAway") // What a caller without such checks may do is what is tested.
  void nullIsRefused() {
    refuses(
        ArgumentException.class,
        "argument x is null",
        () -> allReduce.executeSharded((Sharded<?>) null));
  }

  @Test
  void aShardThatWasClosedIsRefused() {
    ShardedBuffer<Vec> x = data();
    x.shard(2).close();

    refuses(
        BufferStateException.class,
        "argument x on cpu:2: The tensor<4xf32> from",
        () -> allReduce.executeSharded(x));
    refuses(BufferStateException.class, "was closed", () -> x.toArrays(float[].class));
    assertThat(x.isClosed()).isTrue();
    assertThat(x.shard(1).isClosed()).isFalse();
    assertThat(x.toString()).contains("was closed");
  }

  @Test
  void whatIsDonatedTwiceInOneCallIsRefused() {
    Executable add =
        group.compile(
            Program.of(
                """
                func.func @main(%x: tensor<4xf32> {tf.aliasing_output = 0 : i32}, %y: tensor<4xf32>)
                    -> tensor<4xf32> {
                  %0 = stablehlo.add %x, %y : tensor<4xf32>
                  return %0 : tensor<4xf32>
                }
                """,
                4, 1));
    ShardedBuffer<Vec> x = data();
    List<DeviceBuffer<?>> shards =
        List.of(x.shard(0), data().shard(1), data().shard(2), data().shard(3));
    Sharded<Vec> sharesOne = group.join(Vec.class, Sharding.whole(), shards);

    refuses(
        ArgumentException.class,
        "argument x is donated, and the same buffer is argument y as well",
        () -> add.executeSharded(x, x));
    refuses(
        ArgumentException.class,
        "argument x is donated, and the same buffer is argument y as well",
        () -> add.executeSharded(x, sharesOne));
    assertThat(x.isClosed()).isFalse();
    assertThat(add.executeSharded(x, data()).get(0).replica(2).toFloatArray())
        .isEqualTo(new float[] {2, 4, 6, 8});
    assertThat(x.isClosed()).isTrue();
    refuses(
        BufferStateException.class,
        "is spent: it was donated",
        () -> add.executeSharded(x, data()));
  }

  @Test
  void theOrderOfTheDevicesIsTheOneOfTheGroup() {
    DeviceGroup reversed =
        DeviceGroup.of(client.device(3), client.device(2), client.device(1), client.device(0));
    Executable number =
        reversed.compile(
            Program.of(
                """
                func.func @main() -> tensor<ui32> {
                  %0 = stablehlo.replica_id : tensor<ui32>
                  return %0 : tensor<ui32>
                }
                """,
                4, 1));

    ShardedBuffer<?> numbers = number.executeSharded().get(0);

    assertThat(numbers.shard(0).device()).isEqualTo(client.device(3));
    for (int i = 0; i < 4; i++) {
      assertThat(numbers.shard(i).toIntArray()).isEqualTo(new int[] {i});
    }
  }

  @Test
  void aSmallerGroupOfAnyDevicesWorks() {
    DeviceGroup two = DeviceGroup.of(client.device(3), client.device(1));
    Executable sum = two.compile(Four.allReduce(2));

    ShardedBuffer<?> result =
        sum.executeSharded(
                two.putEach(VEC, Sharding.whole(), List.of(DATA, new float[] {9, 9, 9, 9})))
            .get(0);

    assertThat(result.replica(1).toFloatArray()).isEqualTo(new float[] {10, 11, 12, 13});
  }

  @Test
  void aClosedExecutableIsRefusedAndCompiledAnew() {
    Program program = Program.of("func.func @main() { return }", 4, 1);
    Executable closed = group.compile(program);
    closed.close();

    refuses(BufferStateException.class, "was closed", () -> closed.executeSharded());
    assertThat(group.compile(program)).isNotSameInstanceAs(closed);
  }
}
