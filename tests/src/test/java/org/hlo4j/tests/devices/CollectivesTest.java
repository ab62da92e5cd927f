package org.hlo4j.tests.devices;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.hlo4j.DeviceBuffer;
import org.hlo4j.KernelMetadata;
import org.hlo4j.Sharded;
import org.hlo4j.ShardedBuffer;
import org.hlo4j.ShardedPromise;
import org.hlo4j.Sharding;
import org.hlo4j.error.BufferStateException;
import org.hlo4j.tests.devices.Collectives.Known;
import org.hlo4j.tests.devices.Collectives.Pair;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The collective operations over four replicas give what plain Java computes. */
@Tag("plugins")
final class CollectivesTest {
  private static final float[][] DATA = {
    {1, 2, 3, 4}, {10, 20, 30, 40}, {100, 200, 300, 400}, {0.5f, 0.25f, -1, -2}
  };

  private final Collectives sync = CollectivesKernels.sync(Four.group());
  private final CollectivesAsync async = CollectivesKernels.async(Four.group());
  private final CollectivesKernels.Inputs inputs = CollectivesKernels.inputs(Four.group());

  private ShardedBuffer<Vec> data() {
    return inputs.allReduce().x().putEach(List.of(DATA));
  }

  private static float sum(int place) {
    float sum = 0;
    for (float[] row : DATA) {
      sum += row[place];
    }
    return sum;
  }

  private static float[] sums() {
    return new float[] {sum(0), sum(1), sum(2), sum(3)};
  }

  private static void check(Sharded<?> result, float[]... expected) {
    List<float[]> got = result.toArrays(float[].class);
    assertThat(got).hasSize(expected.length);
    for (int i = 0; i < expected.length; i++) {
      assertThat(got.get(i)).usingTolerance(1e-4).containsExactly(expected[i]).inOrder();
    }
  }

  @Test
  void allReduceAddsUp() {
    check(sync.allReduce(data()), sums(), sums(), sums(), sums());
  }

  @Test
  void allGatherGivesEachReplicaAll() {
    float[] all = new float[16];
    for (int i = 0; i < 16; i++) {
      all[i] = DATA[i / 4][i % 4];
    }

    check(sync.allGather(data()), all, all, all, all);
  }

  @Test
  void reduceScatterGivesEachReplicaItsPartOfTheSum() {
    check(
        sync.reduceScatter(data()),
        new float[] {sum(0)},
        new float[] {sum(1)},
        new float[] {sum(2)},
        new float[] {sum(3)});
  }

  @Test
  void allToAllTransposes() {
    float[][] transposed = new float[4][4];
    for (int i = 0; i < 16; i++) {
      transposed[i % 4][i / 4] = DATA[i / 4][i % 4];
    }

    check(sync.allToAll(data()), transposed);
  }

  @Test
  void permuteHandsOn() {
    check(sync.permute(data()), DATA[3], DATA[0], DATA[1], DATA[2]);
  }

  @Test
  void promisesGoStraightIntoTheNextCall() {
    ShardedPromise<Vec> x = inputs.allReduce().x().putEachAsync(List.of(DATA));

    ShardedPromise<Vec> twoOn = async.permute(async.permute(x));
    ShardedPromise<Vec> sum = async.allReduce(async.allToAll(twoOn));

    check(twoOn, DATA[2], DATA[3], DATA[0], DATA[1]);
    float[] transposedSums = new float[4];
    for (int i = 0; i < 16; i++) {
      transposedSums[(i / 4 + 2) % 4] += DATA[i / 4][i % 4];
    }
    check(sum.value(), transposedSums, transposedSums, transposedSums, transposedSums);
    assertThat(sum.isReady()).isTrue();
    assertThat(sum.toCompletableFuture().join().replicas()).isEqualTo(4);
  }

  @Test
  void theSameDataGoesToEachReplica() {
    ShardedBuffer<Vec> x = inputs.allReduce().x().put(DATA[0]);

    check(
        sync.allReduce(x),
        new float[][] {{4, 8, 12, 16}, {4, 8, 12, 16}, {4, 8, 12, 16}, {4, 8, 12, 16}});
    assertThat(x.sharding()).isEqualTo(Sharding.whole());
    assertThat(x.replica(2).toFloatArray()).isEqualTo(DATA[0]);
  }

  @Test
  @SuppressWarnings("hlo4j") // Using what is spent is what is tested.
  void aDonatedTensorIsSpentOnAllDevices() {
    ShardedBuffer<Vec> x = data();

    ShardedBuffer<Vec> twice = sync.twiceInPlace(x);

    check(twice.replica(1), new float[] {20, 40, 60, 80});
    assertThat(x.isClosed()).isTrue();
    assertThat(x.shards().stream().allMatch(DeviceBuffer::isClosed)).isTrue();
    BufferStateException again = assertThrows(BufferStateException.class, () -> sync.allReduce(x));
    assertThat(again).hasMessageThat().contains("argument x on cpu:0: The tensor<4xf32> from");
    assertThat(again)
        .hasMessageThat()
        .contains("donated to org.hlo4j.tests.devices.Collectives.twiceInPlace, called at");
    check(sync.permute(twice).replica(0), new float[] {1, 0.5f, -2, -4});
  }

  @Test
  void aRecordOfResultsHasThoseOfAllReplicas() {
    ShardedBuffer<Vec> x = data();

    Known known = sync.know(x);
    CollectivesAsync.KnownPromise promise = async.know(x);

    check(known.values(), DATA);
    assertThat(known.replica().toArrays(int[].class).stream().map(id -> id[0]))
        .containsExactly(0, 1, 2, 3)
        .inOrder();
    assertThat(promise.replica().replica(3).toIntArray()).isEqualTo(new int[] {3});
    check(promise.value().values(), DATA);
  }

  @Test
  void anOutputThatIsAnInputIsTheSameBufferOnEachDevice() {
    ShardedBuffer<Vec> x = data();
    Sharded<Vec> same = sync.know(x).values();

    x.close();

    check(same, DATA);
    // Somebody else's buffer is not given away: a copy is.
    Sharded<Vec> again = sync.know(same).values();
    check(sync.twiceInPlace(same).replica(0), new float[] {2, 4, 6, 8});
    check(again, DATA);
  }

  @Test
  void recordsGoInAndComeOutInFlight() {
    Pair first = new Pair(data(), inputs.swap().pairRight().put(new float[] {7, 7, 7, 7}));

    Pair second = async.swap(first).inFlight();
    Pair third = sync.swap(second);

    check(third.left().replica(1), new float[] {-10, -20, -30, -40});
    check(third.right().replica(1), new float[] {-7, -7, -7, -7});
  }

  @Test
  void aKernelWithoutTensorsRunsAsWell() {
    sync.nothing();

    assertThat(async.nothing().value()).isNull();
  }

  @Test
  void theMetadataShowsTheDevices() {
    KernelMetadata metadata = CollectivesKernels.metadata().get(0);

    assertThat(metadata.replicas()).isEqualTo(4);
    assertThat(metadata.toString())
        .isEqualTo(
            """
            org.hlo4j.tests.devices.Collectives.allReduce
              runs as 4 replicas of 1 partition
              in  x: tensor<4xf32>
              out 0: tensor<4xf32>
              collective all_reduce [0, 1, 2, 3]\
            """);
  }

  @Test
  void everythingIsPreparedAtOnce() {
    assertThat(CollectivesKernels.prepare(Four.group()).value()).isNull();
  }

  @Test
  void manyLaunchesFromManyThreadsDoNotWaitForEachOther() throws InterruptedException {
    int threads = 2;
    List<Throwable> failures = new ArrayList<>();
    CountDownLatch start = new CountDownLatch(1);
    List<Thread> all = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      boolean permutes = i % 2 == 0;
      all.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      start.await();
                      launch(permutes);
                    } catch (Throwable e) {
                      synchronized (failures) {
                        failures.add(e);
                      }
                    }
                  }));
    }
    start.countDown();
    for (Thread thread : all) {
      thread.join();
    }

    assertThat(failures).isEmpty();
  }

  private void launch(boolean permutes) {
    ShardedPromise<Vec> x = inputs.permute().x().putEachAsync(List.of(DATA));
    ShardedPromise<Vec> ones = inputs.permute().x().putAsync(new float[] {1, 1, 1, 1});
    for (int i = 0; i < 200; i++) {
      if (permutes) {
        x = async.permute(x);
      } else {
        ShardedPromise<Vec> sum = async.allReduce(ones);
        if (i % 50 == 0) {
          check(sum.replica(3), new float[] {4, 4, 4, 4});
        }
      }
    }
    check(x, DATA);
  }
}
