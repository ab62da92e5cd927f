package org.hlo4j.tests.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import org.hlo4j.internal.process.JvmCommand;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** This library: under JMH, or as a whole process. */
final class Hlo4j implements Peer {
  private static final String NATIVE_ACCESS = "--enable-native-access=ALL-UNNAMED";
  private static final String CACHE = "-Dhlo4j.cache=";
  private static final String ALLOCATED = "gc.alloc.rate.norm";

  private static final int WARM_UPS = 4;
  private static final int ITERATIONS = 8;
  private static final TimeValue ITERATION = TimeValue.milliseconds(500);

  private final Folders folders;
  private final Path cache;
  private final Path log;
  private boolean isCached;

  Hlo4j(Folders folders) {
    this.folders = folders;
    this.cache = folders.output().resolve("hlo4j-cache");
    this.log = folders.output().resolve("hlo4j.log");
  }

  @Override
  public String version() {
    return "JDK " + Runtime.version();
  }

  @Override
  public OptionalDouble measure(Row row) throws IOException, InterruptedException {
    return OptionalDouble.of(
        switch (row) {
          case ADD -> median(jmh(Calls.class, "add"));
          case INPUTS -> median(jmh(ManyInputs.class, "sum"));
          case SHARE -> median(jmh(HostToDevice.class, "share"));
          case IN -> median(jmh(HostToDevice.class, "put"));
          case OUT -> median(jmh(DeviceToHost.class, "copyToArray"));
          case NEW -> median(jmh(DeviceToHost.class, "toFloatArray"));
          case VIEW -> median(jmh(DeviceToHost.class, "view"));
          case TRAINING -> median(jmh(Training.class, "train"));
          case HEAP -> allocated(jmh(Calls.class, "add"));
          case MEMORY -> java(TrainingMemory.class, "off").number();
          case OVERLAP -> java(Overlap.class, "off").number();
          case FIRST -> firstCached();
          case FIRST_COLD -> Child.life(() -> java(FirstResult.class, "off"));
        });
  }

  private double firstCached() throws IOException, InterruptedException {
    if (!isCached) {
      Child unused = java(FirstResult.class, cache.toString());
      isCached = true;
    }
    return Child.life(() -> java(FirstResult.class, cache.toString()));
  }

  private Child java(Class<?> program, String cacheFolder)
      throws IOException, InterruptedException {
    return Child.run(
        log, JvmCommand.here(List.of(NATIVE_ACCESS, CACHE + cacheFolder), program).words());
  }

  private RunResult jmh(Class<?> benchmarks, String method) throws IOException {
    OptionsBuilder options = new OptionsBuilder();
    options
        .include(benchmarks.getName() + "\\." + method + "$")
        // The median of short batches is that of those which nothing has interrupted.
        .mode(Mode.SampleTime)
        .timeUnit(TimeUnit.MICROSECONDS)
        .forks(1)
        .warmupIterations(WARM_UPS)
        .warmupTime(ITERATION)
        .measurementIterations(ITERATIONS)
        .measurementTime(ITERATION)
        .shouldDoGC(false)
        .addProfiler(GCProfiler.class)
        .jvmArgs(NATIVE_ACCESS, CACHE + "off")
        .output(folders.output().resolve("jmh.log").toString());
    try {
      Collection<RunResult> results = new Runner(options.build()).run();
      if (results.size() != 1) {
        throw new IOException("No result of %s.%s".formatted(benchmarks.getName(), method));
      }
      return results.iterator().next();
    } catch (RunnerException e) {
      throw new IOException(e);
    }
  }

  private static double allocated(RunResult result) throws IOException {
    Result<?> allocated = result.getSecondaryResults().get(ALLOCATED);
    if (allocated == null) {
      throw new IOException("This JVM does not tell what it allocates");
    }
    return allocated.getScore();
  }

  private static double median(RunResult result) {
    return result.getPrimaryResult().getStatistics().getPercentile(50);
  }
}
