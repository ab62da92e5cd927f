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
 * What is known of a program before XLA sees it.
 *
 * @param operations how often each operation is written, StableHLO's without their dialect; nothing
 *     of bytecode
 */
public record Explanation(Program program, Map<String, Integer> operations) {
  private static final String DIALECT = "stablehlo.";
  private static final String COMMENT = "//";

  /** The explanation of a program; bytecode's only of its signature. */
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

  /** What XLA makes of the program. */
  public ExecutableStatistics compiledBy(Pjrt client) {
    try (Executable executable = client.group(devices()).compile(program)) {
      return executable.statistics();
    }
  }

  public int devices() {
    return program.replicas() * program.partitions();
  }

  /** What stands above the program: of a pipeline, what the annotation processor made of it. */
  List<String> comments() {
    return program
        .text()
        .lines()
        .takeWhile(line -> line.startsWith(COMMENT))
        .map(line -> line.substring(COMMENT.length()).strip())
        .toList();
  }
}
