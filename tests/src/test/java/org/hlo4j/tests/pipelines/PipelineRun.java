package org.hlo4j.tests.pipelines;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.hlo4j.DeviceGroup;
import org.hlo4j.Executable;
import org.hlo4j.Program;
import org.hlo4j.Sharded;
import org.hlo4j.ShardedBuffer;
import org.hlo4j.Sharding;

/** Runs the program of a random pipeline on random numbers, which its seed determines. */
final class PipelineRun {
  private PipelineRun() {}

  private static DeviceGroup devices(RandomPipeline pipeline) {
    return pipeline.isSharded() ? Four.group() : DeviceGroup.of(Four.group().device(0));
  }

  /**
   * Compares what a program gives with what plain Java computes.
   *
   * @param way how the program was made, for messages
   * @return how many bytes XLA copies in a run
   */
  static long check(RandomPipeline pipeline, String way, String program) {
    DeviceGroup devices = devices(pipeline);
    Random random = new Random(pipeline.name().hashCode());
    List<int[][]> inputs = new ArrayList<>();
    List<Sharded<?>> arguments = new ArrayList<>();
    for (RandomPipeline.Parameter parameter : pipeline.parameters()) {
      int[][] numbers = parameter.kind().random(random, devices.size());
      inputs.add(numbers);
      arguments.add(put(devices, parameter.kind(), numbers));
    }
    List<int[][]> expected = PipelineInterpreter.run(pipeline, inputs);
    try (Executable executable = devices.compile(Program.of(program, devices.size(), 1))) {
      List<ShardedBuffer<?>> results =
          executable.executeSharded(arguments.toArray(new Sharded<?>[0]));
      assertThat(results).hasSize(expected.size());
      for (int i = 0; i < expected.size(); i++) {
        Kind kind = pipeline.outputs().get(i);
        for (int device = 0; device < devices.size(); device++) {
          assertWithMessage(
                  "output %s, %s, on device %s of%n%s%n%s",
                  i, way, device, pipeline.method(), program)
              .that(results.get(i).shard(device).toArray(kind.arrayType()))
              .isEqualTo(kind.toArray(expected.get(i)[device]));
        }
        results.get(i).close();
      }
      return executable.statistics().copiedBytes();
    } finally {
      arguments.forEach(Sharded::close);
    }
  }

  private static Sharded<?> put(DeviceGroup devices, Kind kind, int[][] numbers) {
    List<Object> each = new ArrayList<>();
    for (int[] row : numbers) {
      each.add(kind.toArray(row));
    }
    return devices.putEach(kind.shape(), Sharding.whole(), each);
  }
}
