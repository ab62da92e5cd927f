package org.hlo4j.tests.pipelines;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import java.util.ArrayList;
import java.util.List;
import org.hlo4j.processor.fixture.GeneratedClasses;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random pipelines return bit for bit what plain Java computes from their statements: translated
 * statement by statement, planned by the colouring of buffers, and planned with XLA's numbers. For
 * the last, XLA copies no more than for the second, nor, up to version {@link #MINOR_OF_BARRIERS}
 * of the C API, than for the first.
 */
@Tag("plugins")
final class RandomPipelinesTest {
  private static final int IN_A_BATCH = 50;
  private static final int BATCHES = 4;

  /**
   * The newest version whose XLA copies nothing for the barriers that keep the order of statements.
   * Statement by statement, a pipeline has no barriers, so that is no form to choose from.
   */
  private static final int MINOR_OF_BARRIERS = 106;

  /** Where the seeds of the long test begin. */
  private static final long FIRST_OF_MANY = 1_000_000;

  /** Of a hundred pipelines, as many may be refused though the generator thinks them right. */
  private static final int MOST_REFUSED = 3;

  private static PipelineBatch batch(long seed, boolean isSharded) {
    List<RandomPipeline> pipelines = new ArrayList<>();
    for (long i = seed; i < seed + IN_A_BATCH; i++) {
      pipelines.add(PipelineGenerator.of("p" + i, i, isSharded));
    }
    return PipelineBatch.of(pipelines, isSharded).accepted();
  }

  private static void check(PipelineBatch batch) throws ReflectiveOperationException {
    GeneratedClasses plain = batch.compile("-Ahlo4j.verify=off", "-Ahlo4j.pipelines=plain");
    GeneratedClasses coloured = batch.compile("-Ahlo4j.verify=off");
    GeneratedClasses planned = batch.compile("-Ahlo4j.verify=required");
    for (RandomPipeline pipeline : batch.pipelines()) {
      long copiedPlain = PipelineRun.check(pipeline, "plain", batch.program(pipeline, plain));
      long copiedColoured =
          PipelineRun.check(pipeline, "coloured", batch.program(pipeline, coloured));
      long copied = PipelineRun.check(pipeline, "planned", batch.program(pipeline, planned));

      assertWithMessage("bytes that XLA copies for %s", pipeline.method())
          .that(copied)
          .isAtMost(copiedColoured);
      if (Four.minorVersion() <= MINOR_OF_BARRIERS) {
        assertWithMessage("bytes that XLA copies for %s", pipeline.method())
            .that(copied)
            .isAtMost(copiedPlain);
      }
    }
  }

  private static void checkRefusals(List<PipelineBatch> batches) {
    List<String> refusals = batches.stream().flatMap(batch -> batch.refusals().stream()).toList();
    assertWithMessage("refused: %s", refusals)
        .that(100 * refusals.size())
        .isAtMost(MOST_REFUSED * IN_A_BATCH * batches.size());
  }

  @ParameterizedTest(name = "on several devices: {0}")
  @ValueSource(booleans = {false, true})
  void plannedPipelinesGiveWhatTheirStatementsSay(boolean isSharded)
      throws ReflectiveOperationException {
    PipelineBatch batch = batch(0, isSharded);

    assertThat(batch.pipelines()).isNotEmpty();
    check(batch);
    checkRefusals(List.of(batch));
  }

  @ParameterizedTest(name = "on several devices: {0}")
  @ValueSource(booleans = {false, true})
  @Tag("heavy")
  void manyPlannedPipelinesGiveWhatTheirStatementsSay(boolean isSharded)
      throws ReflectiveOperationException {
    List<PipelineBatch> batches = new ArrayList<>();
    for (int i = 0; i < BATCHES; i++) {
      PipelineBatch batch = batch(FIRST_OF_MANY + (long) i * IN_A_BATCH, isSharded);

      assertThat(batch.pipelines()).isNotEmpty();
      check(batch);
      batches.add(batch);
    }
    checkRefusals(batches);
  }
}
