package org.hlo4j.tests.pipelines;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.hlo4j.Executable;
import org.hlo4j.Program;
import org.hlo4j.Sharded;
import org.hlo4j.ShardedBuffer;
import org.hlo4j.examples.ring.Rings;
import org.hlo4j.examples.ring.Rings.Three;
import org.hlo4j.examples.ring.Rings.Two;
import org.hlo4j.examples.ring.RingsAsync;
import org.hlo4j.examples.ring.RingsKernels;
import org.hlo4j.examples.ring.Shard;
import org.hlo4j.generated.Kernel;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The design note's programs give what plain Java computes, and copy nothing. */
@Tag("plugins")
final class RingsTest {
  private static final int DEVICES = 4;
  private static final int WIDTH = 4;

  private final Rings sync = RingsKernels.sync(Four.group());
  private final RingsAsync async = RingsKernels.async(Four.group());
  private final RingsKernels.Inputs inputs = RingsKernels.inputs(Four.group());

  private static List<float[]> data() {
    List<float[]> data = new ArrayList<>();
    for (int device = 0; device < DEVICES; device++) {
      float[] row = new float[WIDTH];
      for (int i = 0; i < WIDTH; i++) {
        row[i] = 10 * device + i + 0.5f;
      }
      data.add(row);
    }
    return data;
  }

  private ShardedBuffer<Shard> x() {
    return inputs.permute().x().putEach(data());
  }

  private ShardedBuffer<Shard> zero() {
    return inputs.permute().x().put(new float[WIDTH]);
  }

  /** What each device has after so many steps around the ring. */
  private static List<float[]> moved(List<float[]> data, int steps) {
    List<float[]> moved = new ArrayList<>();
    for (int device = 0; device < DEVICES; device++) {
      moved.add(data.get(Math.floorMod(device - steps, DEVICES)));
    }
    return moved;
  }

  private static List<float[]> each(List<float[]> data, UnaryOperator<Float> change) {
    List<float[]> changed = new ArrayList<>();
    for (float[] row : data) {
      float[] copy = row.clone();
      for (int i = 0; i < WIDTH; i++) {
        copy[i] = change.apply(copy[i]);
      }
      changed.add(copy);
    }
    return changed;
  }

  /** What each device has seen while the data went around, all added up. */
  private static List<float[]> seen(int steps) {
    List<float[]> sums = each(data(), x -> 0f);
    for (int step = 0; step < steps; step++) {
      List<float[]> now = moved(data(), step);
      for (int device = 0; device < DEVICES; device++) {
        for (int i = 0; i < WIDTH; i++) {
          sums.get(device)[i] += now.get(device)[i];
        }
      }
    }
    return sums;
  }

  private static void check(Sharded<Shard> result, List<float[]> expected) {
    List<float[]> got = result.toArrays(float[].class);
    for (int device = 0; device < DEVICES; device++) {
      assertWithMessage("device %s", device)
          .that(got.get(device))
          .usingExactEquality()
          .containsExactly(expected.get(device))
          .inOrder();
    }
  }

  @Test
  void workOverlapsAPermute() {
    Two two = sync.overlap(x());

    check(two.y(), moved(data(), 1));
    check(two.z(), each(data(), x -> x + 1));
  }

  @Test
  void anInputOfAStartHasOtherReaders() {
    Three three = sync.secondConsumer(x());

    check(three.y(), moved(data(), 1));
    check(three.z(), each(data(), x -> x + 1));
    check(three.w(), each(data(), x -> 2 * x));
  }

  @Test
  void othersReadWhatIsOverwrittenInPlace() {
    ShardedBuffer<Shard> x = x();
    Two two = sync.inPlace(x);

    check(two.y(), each(data(), v -> v + 1));
    check(two.z(), each(data(), v -> 2 * v));
    assertThat(x.isClosed()).isTrue();
  }

  @Test
  void dataGoesAroundTheRing() {
    check(sync.ring(x()), moved(data(), 8));
  }

  @Test
  void aFutureGoesOverTheBoundsOfALoop() {
    check(sync.staggered(x()), moved(data(), 8));
  }

  @Test
  void whatGoesAroundIsAddedUp() {
    Two two = sync.accumulating(x(), zero());

    check(two.y(), seen(8));
    check(two.z(), moved(data(), 8));
  }

  @Test
  void twoVariablesSendToEachOther() {
    check(sync.stateful(x()), moved(data(), 8));
  }

  @Test
  void aVariableOfTwoSlotsSwitchesThem() {
    check(sync.twoSlots(x()), moved(data(), 8));
  }

  @Test
  void pipelinesAreStartedLikeKernels() {
    try (Sharded<Shard> once = async.ring(x());
        Sharded<Shard> again = async.ring(once)) {
      check(again, moved(data(), 16));
    }
  }

  @ParameterizedTest
  @EnumSource
  void nothingIsCopied(RingPipeline pipeline) throws Exception {
    var field = RingsKernels.class.getDeclaredField(pipeline.name());
    field.setAccessible(true);
    Kernel kernel = (Kernel) field.get(null);
    var program = Kernel.class.getDeclaredMethod("program");
    program.setAccessible(true);
    try (Executable executable = Four.group().compile((Program) program.invoke(kernel))) {
      assertThat(executable.statistics().copiesInLoops()).isEqualTo(0);
      assertThat(executable.statistics().copiedBytes()).isEqualTo(0);
    }
  }
}
