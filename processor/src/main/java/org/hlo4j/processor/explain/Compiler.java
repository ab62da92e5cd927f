package org.hlo4j.processor.explain;

import org.hlo4j.Executable;
import org.hlo4j.ExecutableStatistics;
import org.hlo4j.Pjrt;
import org.hlo4j.Program;
import org.hlo4j.ShardedExecutable;
import org.jspecify.annotations.Nullable;

/** XLA, if there is a plugin. */
final class Compiler implements AutoCloseable {
  private final @Nullable Pjrt client;
  private final String whyNot;

  private Compiler(@Nullable Pjrt client, String whyNot) {
    this.client = client;
    this.whyNot = whyNot;
  }

  static Compiler with(Pjrt client) {
    return new Compiler(client, "");
  }

  static Compiler without(String reason) {
    return new Compiler(null, reason);
  }

  /** What XLA makes of a program; or why it is not asked. */
  String explain(Explanation explanation) {
    if (client == null) {
      return "%n  not compiled: %s%n".formatted(whyNot);
    }
    return "%n  compiled by the %s%n".formatted(client)
        + explanation.afterCompiling(statistics(client, explanation.program()));
  }

  private static ExecutableStatistics statistics(Pjrt client, Program program) {
    int devices = program.replicas() * program.partitions();
    if (devices > 1) {
      try (ShardedExecutable executable = client.group(devices).compile(program)) {
        return executable.statistics();
      }
    }
    try (Executable executable = client.device().compile(program)) {
      return executable.statistics();
    }
  }

  @Override
  public void close() {
    if (client != null) {
      client.close();
    }
  }
}
