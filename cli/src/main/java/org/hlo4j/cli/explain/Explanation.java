package org.hlo4j.cli.explain;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hlo4j.Executable;
import org.hlo4j.ExecutableStatistics;
import org.hlo4j.Pjrt;
import org.hlo4j.Program;
import org.hlo4j.internal.mlir.model.Function;
import org.hlo4j.internal.mlir.model.MlirModule;
import org.hlo4j.internal.mlir.syntax.MlirReader;

/**
 * A program and its operations before XLA's optimization.
 *
 * @param operations the count of each operation, StableHLO's without their dialect; empty for
 *     bytecode
 */
public record Explanation(Program program, Map<String, Integer> operations) {
  private static final String DIALECT = "stablehlo.";
  private static final String COMMENT = "//";

  /** Returns the explanation of a program; for bytecode, only of its signature. */
  public static Explanation of(Program program, boolean isBytecode) {
    return new Explanation(program, isBytecode ? Map.of() : count(MlirReader.read(program.text())));
  }

  private static Map<String, Integer> count(MlirModule module) {
    Map<String, Integer> counts = new TreeMap<>();
    for (Function function : module.functions()) {
      function.walk(
          operation -> {
            String name = operation.name();
            String shortName = name.startsWith(DIALECT) ? name.substring(DIALECT.length()) : name;
            counts.merge(shortName, 1, Integer::sum);
          });
    }
    return counts;
  }

  /** Compiles the program and returns XLA's statistics of it. */
  public ExecutableStatistics compiledBy(Pjrt client) {
    try (Executable executable = client.group(devices()).compile(program)) {
      return executable.statistics();
    }
  }

  public int devices() {
    return program.replicas() * program.partitions();
  }

  /** Returns the comments at the start of the program, such as the schedule of a pipeline. */
  List<String> comments() {
    return program
        .text()
        .lines()
        .takeWhile(line -> line.startsWith(COMMENT))
        .map(line -> line.substring(COMMENT.length()).strip())
        .toList();
  }
}
