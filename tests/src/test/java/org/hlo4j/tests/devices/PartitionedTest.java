package org.hlo4j.tests.devices;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.hlo4j.DeviceGroup;
import org.hlo4j.Sharded;
import org.hlo4j.ShardedBuffer;
import org.hlo4j.ShardedPromise;
import org.hlo4j.Sharding;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.tests.devices.Partitioned.Operands;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Data goes to four devices, is worked on there, and comes back as one. */
@Tag("plugins")
final class PartitionedTest {
  private final Partitioned sync = PartitionedKernels.sync(Four.group());
  private final PartitionedAsync async = PartitionedKernels.async(Four.group());
  private final PartitionedKernels.Inputs inputs = PartitionedKernels.inputs(Four.group());

  private static float[] numbers(int count, float factor) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = factor * i - 10;
    }
    return numbers;
  }

  private static float[] product(float[] a, float[] b) {
    float[] product = new float[16];
    for (int row = 0; row < 4; row++) {
      for (int column = 0; column < 4; column++) {
        for (int k = 0; k < 8; k++) {
          product[4 * row + column] += a[8 * row + k] * b[4 * k + column];
        }
      }
    }
    return product;
  }

  private static float[] negated(float[] values) {
    float[] negated = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      negated[i] = -values[i];
    }
    return negated;
  }

  @Test
  void shardyMultipliesOnAGridOfDevices() {
    float[] a = numbers(32, 1);
    float[] b = numbers(32, 0.5f);
    Sharded<Grid> left = inputs.shardy().operandsLeft().put(a);
    Sharded<Tall> right = inputs.shardy().operandsRight().put(b);

    ShardedBuffer<Product> product = sync.shardy(new Operands(left, right));

    assertThat(product.toFloatArray()).isEqualTo(product(a, b));
    assertThat(left.shard(2).toFloatArray())
        .isEqualTo(new float[] {a[16], a[17], a[18], a[19], a[24], a[25], a[26], a[27]});
    assertThat(left.toFloatArray()).isEqualTo(a);
    assertThat(right.toFloatArray()).isEqualTo(b);
    assertThat(product.sharding().ranges(product.shape(), 1))
        .containsExactly(new Sharding.Range(0, 2), new Sharding.Range(2, 4))
        .inOrder();
  }

  @Test
  void gspmdMultipliesInAnyOrderOfTheDevices() {
    float[] a = numbers(32, 2);
    float[] b = numbers(32, -0.5f);

    ShardedPromise<Product> product =
        async.gspmd(inputs.gspmd().a().putAsync(a), inputs.gspmd().b().putAsync(b));

    assertThat(product.toFloatArrayAsync().value()).isEqualTo(product(a, b));
    assertThat(inputs.gspmd().a().sharding().toString()).isEqualTo("split 2x2, tiles [0, 2, 1, 3]");
    assertThat(inputs.gspmd().b().sharding().toString()).isEqualTo("split 1x2, tiles [1, 0, 1, 0]");
  }

  @Test
  @SuppressWarnings("hlo4j") // Whether it is spent is what is tested.
  void donatedShardsAreSpent() {
    float[] a = numbers(32, 3);
    ShardedBuffer<Grid> x = inputs.negateInPlace().a().put(a);

    ShardedPromise<Grid> twice = async.negateInPlace(async.negateInPlace(x));

    assertThat(twice.toFloatArray()).isEqualTo(a);
    assertThat(x.isClosed()).isTrue();
  }

  @Test
  void whatTheProgramDoesNotSayIsAsXlaCompiledIt() {
    float[] a = numbers(32, 1);

    ShardedBuffer<Grid> sum = sync.unsaid(inputs.unsaid().a().put(a));

    float[] expected = new float[32];
    for (int i = 0; i < 32; i++) {
      expected[i] = 2 * a[i];
    }
    assertThat(sum.toFloatArray()).isEqualTo(expected);
    assertThat(sum.sharding().devices()).isEqualTo(4);
  }

  @Test
  void anOutputMayBeSpreadOtherwiseThanTheInputThatItIs() {
    float[] a = numbers(32, 1);

    ShardedBuffer<Grid> respread = sync.respread(inputs.respread().a().put(a));

    assertThat(respread.toFloatArray()).isEqualTo(a);
    assertThat(respread.shard(1).toFloatArray())
        .isEqualTo(new float[] {a[2], a[3], a[10], a[11], a[18], a[19], a[26], a[27]});
    assertThat(sync.negateInPlace(respread).toFloatArray()).isEqualTo(negated(a));
  }

  @Test
  void replicasHavePartitions() {
    float[] first = numbers(32, 1);
    float[] second = numbers(32, 10);

    Sharded<Grid> sums =
        sync.replicasOfPartitions(
            inputs.replicasOfPartitions().a().putEach(List.of(first, second)));

    float[] expected = new float[32];
    for (int i = 0; i < 32; i++) {
      expected[i] = first[i] + second[i];
    }
    assertThat(sums.replicas()).isEqualTo(2);
    assertThat(sums.replica(0).toFloatArray()).isEqualTo(expected);
    assertThat(sums.replica(1).toFloatArray()).isEqualTo(expected);
    ArgumentException several = assertThrows(ArgumentException.class, sums::toFloatArray);
    assertThat(several).hasMessageThat().contains("There are 2 replicas of this tensor<4x8xf32>");
  }

  @Test
  void replicasComeBeforePartitionsAmongTheDevices() {
    ShardedBuffer<Grid> x =
        inputs.replicasOfPartitions().a().putEach(List.of(numbers(32, 1), numbers(32, 10)));

    assertThat(x.shard(1).toFloatArray()[0]).isEqualTo(numbers(32, 1)[16]);
    assertThat(x.shard(2).toFloatArray()[0]).isEqualTo(numbers(32, 10)[0]);
    assertThat(x.replica(1).group())
        .isEqualTo(DeviceGroup.of(Four.client().device(2), Four.client().device(3)));
  }

  @Test
  void printingShowsTheWhole() {
    ShardedBuffer<Grid> x = inputs.negateInPlace().a().put(numbers(32, 1));

    assertThat(x.toString())
        .startsWith(
            "tensor<4x8xf32>, split 1x4, on [cpu:0, cpu:1, cpu:2, cpu:3]\n[[-10.  -9.  -8.");
  }

  @Test
  void thePlanShowsTheShardings() {
    assertThat(PartitionedKernels.metadata().get(0).toString())
        .isEqualTo(
            """
            org.hlo4j.tests.devices.Partitioned.shardy
              runs as 1 replica of 4 partitions
              in  operands.left: tensor<4x8xf32>, split 2x2
              in  operands.right: tensor<8x4xf32>, split 2, tiles [0, 1, 0, 1]
              out 0: tensor<4x4xf32>, split 2x2\
            """);
  }
}
