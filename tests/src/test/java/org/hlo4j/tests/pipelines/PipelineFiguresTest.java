package org.hlo4j.tests.pipelines;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.hlo4j.DeviceGroup;
import org.hlo4j.Pjrt;
import org.hlo4j.tests.bench.MachineFacts;
import org.junit.jupiter.api.Test;

/**
 * The planned pipelines of the example beside the plain ones, on two and four devices: what XLA
 * copies is checked, and what it all costs is written down.
 */
final class PipelineFiguresTest {
  /** Each device has 4 MiB. */
  private static final long SIZE = 1 << 20;

  private static final int ROUNDS = Integer.getInteger("pipelines.rounds", 5);
  private static final Path OUTPUT =
      Path.of(System.getProperty("pipelines.output", "target/pipelines"));

  @Test
  void plannedPipelinesCopyNothing() throws Exception {
    List<PipelineFigures> all = new ArrayList<>();
    for (int devices : new int[] {2, 4}) {
      DeviceGroup group = DeviceGroup.of(Four.group().devices().subList(0, devices));
      RingPrograms plain = RingPrograms.of(devices, SIZE, "-Ahlo4j.pipelines=plain");
      RingPrograms planned = RingPrograms.of(devices, SIZE, "-Ahlo4j.verify=required");
      for (RingPipeline pipeline : RingPipeline.values()) {
        all.add(PipelineFigures.measure(pipeline, group, plain, planned, ROUNDS));
      }
    }
    write(all);

    for (PipelineFigures figures : all) {
      assertWithMessage("%s", figures).that(figures.planned().copiesInLoops()).isEqualTo(0);
      assertWithMessage("%s", figures).that(figures.planned().copiedBytes()).isEqualTo(0);
    }
    assertThat(all).hasSize(2 * RingPipeline.values().length);
  }

  private static void write(List<PipelineFigures> all) throws IOException {
    Pjrt client = Four.group().client();
    StringBuilder page = new StringBuilder();
    page.append(
        String.format(
            Locale.ROOT,
            """
        # What planning saves

        Written by `mvn -B -ntp verify -Dtest=PipelineFiguresTest -Dpipelines.rounds=%d
        -Dpipelines.output=$PWD/docs/pipelines -Dsurefire.failIfNoSpecifiedTests=false`.

        - Machine: %s
        - Plugin: %s
        - JDK %s

        The pipelines are those of the example `org.hlo4j.examples.ring.Rings`, with 4 MiB on each
        device. Each figure is of the plain program → the planned one: the plain one ends each call
        where it is started, orders nothing and unrolls nothing. Times are in milliseconds: medians
        of %d rounds, in each of which both ran, with the least and the most in parentheses; the last
        column is the plain program's time over the planned one's of the same round. Read the ratios:
        the machine is shared, and its speed changes. Copies and memory are exact, and on each device.

        | pipeline | devices | form | MiB copied | copies in loops | temporary MiB | ms | faster by |
        | --- | --- | --- | --- | --- | --- | --- | --- |
        """,
            ROUNDS,
            MachineFacts.text(),
            "%s, C API %s".formatted(client.plugin().name(), client.apiVersion()),
            System.getProperty("java.vm.version"),
            ROUNDS));
    all.forEach(figures -> page.append(figures.line()));
    page.append(
        """

        The operations of the programs that XLA made, without parameters, constants and tuples. A
        `copy` that moves nothing above is of a loop's counter.

        | pipeline | devices | plain | planned |
        | --- | --- | --- | --- |
        """);
    all.forEach(figures -> page.append(figures.operationsLine()));
    Files.createDirectories(OUTPUT);
    Files.writeString(OUTPUT.resolve("figures.md"), page);
  }
}
