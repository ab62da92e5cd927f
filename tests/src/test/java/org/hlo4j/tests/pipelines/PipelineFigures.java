package org.hlo4j.tests.pipelines;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.hlo4j.DeviceGroup;
import org.hlo4j.Executable;
import org.hlo4j.ExecutableStatistics;
import org.hlo4j.Program;
import org.hlo4j.Sharded;
import org.hlo4j.ShardedBuffer;
import org.hlo4j.tests.bench.Sample;

/**
 * What one pipeline costs, plain and planned.
 *
 * @param form which form the planner took
 * @param plainMillis the time of the plain program in milliseconds
 * @param plannedMillis the time of the planned program in milliseconds
 * @param speedup the plain program's time over the planned one's, round by round
 */
record PipelineFigures(
    RingPipeline pipeline,
    int devices,
    String form,
    ExecutableStatistics plain,
    ExecutableStatistics planned,
    Sample plainMillis,
    Sample plannedMillis,
    Sample speedup) {
  /** Runs both programs in turns, so that the machine's moods hit both. */
  static PipelineFigures measure(
      RingPipeline pipeline,
      DeviceGroup group,
      RingPrograms plain,
      RingPrograms planned,
      int rounds)
      throws ReflectiveOperationException {
    try (Executable one = group.compile(plain.program(pipeline.name()));
        Executable other = group.compile(planned.program(pipeline.name()))) {
      List<Double> slow = new ArrayList<>();
      List<Double> fast = new ArrayList<>();
      double unused = millis(one) + millis(other); // The first calls touch memory that is new.
      for (int round = 0; round < rounds; round++) {
        slow.add(millis(one));
        fast.add(millis(other));
      }
      List<Double> ratios = new ArrayList<>();
      for (int round = 0; round < rounds; round++) {
        ratios.add(slow.get(round) / fast.get(round));
      }
      return new PipelineFigures(
          pipeline,
          group.size(),
          planned.form(pipeline.method()),
          one.statistics(),
          other.statistics(),
          sample(slow),
          sample(fast),
          sample(ratios));
    }
  }

  private static Sample sample(List<Double> figures) {
    return Sample.of(figures.stream().mapToDouble(figure -> figure));
  }

  private static double millis(Executable executable) {
    Program program = executable.program();
    Sharded<?>[] arguments = new Sharded<?>[program.inputs().size()];
    for (int i = 0; i < arguments.length; i++) {
      int size = (int) program.inputs().get(i).shape().elementCount();
      arguments[i] = executable.input(i).put(new float[size]);
    }
    long start = System.nanoTime();
    List<ShardedBuffer<?>> results = executable.executeSharded(arguments);
    double millis = (System.nanoTime() - start) / 1e6;
    results.forEach(Sharded::close);
    for (Sharded<?> argument : arguments) {
      argument.close();
    }
    return millis;
  }

  /** A line of a table in Markdown. */
  String line() {
    return String.format(
        Locale.ROOT,
        "| %s | %d | %s | %s → %s | %d → %d | %s → %s | %s → %s | %s |\n",
        pipeline.method(),
        devices,
        form,
        copies(plain),
        copies(planned),
        plain.copiesInLoops(),
        planned.copiesInLoops(),
        megabytes(plain.temporaryBytes()),
        megabytes(planned.temporaryBytes()),
        spread(plainMillis),
        spread(plannedMillis),
        spread(speedup));
  }

  /** A line with the operations of both programs. */
  String operationsLine() {
    return String.format(
        Locale.ROOT,
        "| %s | %d | %s | %s |\n",
        pipeline.method(),
        devices,
        operations(plain),
        operations(planned));
  }

  private static String operations(ExecutableStatistics statistics) {
    Map<String, Integer> shown = new TreeMap<>(statistics.operations());
    shown.keySet().removeAll(List.of("parameter", "constant", "tuple", "get-tuple-element"));
    List<String> counts = new ArrayList<>();
    shown.forEach((name, count) -> counts.add(count + " " + name));
    return String.join(", ", counts);
  }

  private static String copies(ExecutableStatistics statistics) {
    return megabytes(statistics.copiedBytes());
  }

  private static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f", bytes / (double) (1 << 20));
  }

  private static String spread(Sample sample) {
    return String.format(
        Locale.ROOT, "%.2f (%.2f–%.2f)", sample.median(), sample.least(), sample.most());
  }
}
