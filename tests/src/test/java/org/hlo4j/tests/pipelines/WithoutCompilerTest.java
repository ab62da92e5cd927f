package org.hlo4j.tests.pipelines;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import java.util.ArrayList;
import java.util.List;
import org.hlo4j.DeviceGroup;
import org.hlo4j.Executable;
import org.hlo4j.Program;
import org.hlo4j.Sharded;
import org.hlo4j.ShardedBuffer;
import org.junit.jupiter.api.Test;

/** Where no compiler can be asked, the colouring of the buffers tells how loops are written. */
final class WithoutCompilerTest {
  private static final DeviceGroup GROUP = Four.group();

  private static List<List<float[]>> run(Program program) {
    try (Executable executable = GROUP.compile(program)) {
      Sharded<?>[] arguments = new Sharded<?>[program.inputs().size()];
      for (int i = 0; i < arguments.length; i++) {
        List<float[]> rows = new ArrayList<>();
        for (int device = 0; device < GROUP.size(); device++) {
          rows.add(new float[] {device, 2 + i, -device, 0.5f});
        }
        arguments[i] = executable.input(i).putEach(rows);
      }
      List<List<float[]>> results = new ArrayList<>();
      for (ShardedBuffer<?> result : executable.executeSharded(arguments)) {
        results.add(result.toArrays(float[].class));
      }
      return results;
    }
  }

  @Test
  void theResultsAreThoseOfThePlainPrograms() throws Exception {
    RingPrograms plain = RingPrograms.of(4, 4, "-Ahlo4j.pipelines=plain");
    RingPrograms coloured = RingPrograms.of(4, 4, "-Ahlo4j.verify=off");
    for (RingPipeline pipeline : RingPipeline.values()) {
      List<List<float[]>> expected = run(plain.program(pipeline.name()));
      List<List<float[]>> results = run(coloured.program(pipeline.name()));
      assertThat(results).hasSize(expected.size());
      for (int i = 0; i < results.size(); i++) {
        for (int device = 0; device < GROUP.size(); device++) {
          assertWithMessage("%s, result %s, device %s", pipeline, i, device)
              .that(results.get(i).get(device))
              .isEqualTo(expected.get(i).get(device));
        }
      }
    }
  }

  @Test
  void loopsAreDoubleBuffered() throws Exception {
    RingPrograms coloured = RingPrograms.of(4, 4, "-Ahlo4j.verify=off");

    assertThat(coloured.form("ring"))
        .isEqualTo("2 rounds in one, from the assignment of its buffers");
    for (RingPipeline pipeline : List.of(RingPipeline.RING, RingPipeline.STAGGERED)) {
      try (Executable executable = GROUP.compile(coloured.program(pipeline.name()))) {
        assertThat(executable.statistics().copiesInLoops()).isEqualTo(0);
      }
    }
  }
}
