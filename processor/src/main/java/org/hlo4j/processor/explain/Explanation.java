package org.hlo4j.processor.explain;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hlo4j.ExecutableStatistics;
import org.hlo4j.Program;
import org.hlo4j.ProgramInput;
import org.hlo4j.ProgramOutput;
import org.hlo4j.internal.mlir.Function;
import org.hlo4j.internal.mlir.MlirModule;
import org.hlo4j.internal.mlir.MlirReader;
import org.jspecify.annotations.Nullable;

/** What is known of a program, in words. */
final class Explanation {
  private static final String DIALECT = "stablehlo.";
  private static final String COMMENT = "//";

  private final Program program;
  private final Map<String, Integer> operations;

  private Explanation(Program program, Map<String, Integer> operations) {
    this.program = program;
    this.operations = operations;
  }

  static Explanation of(String text) {
    return new Explanation(Program.of(text), count(MlirReader.read(text)));
  }

  /** How often each operation occurs; StableHLO's without their dialect. */
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

  Program program() {
    return program;
  }

  /** The signature, and what happens to each buffer. */
  String beforeCompiling() {
    StringBuilder text = new StringBuilder();
    text.append("  ").append(program.name()).append('\n');
    comments().forEach(line -> text.append("  ").append(line).append('\n'));
    program.inputs().forEach(input -> text.append("  in  ").append(input).append('\n'));
    program.outputs().forEach(output -> text.append("  out ").append(output).append('\n'));
    program.collectives().forEach(used -> text.append("  collective ").append(used).append('\n'));
    return text.append('\n').append(buffers()).toString();
  }

  /** What stands above the program: of a pipeline, what the annotation processor made of it. */
  private List<String> comments() {
    return program
        .text()
        .lines()
        .takeWhile(line -> line.startsWith(COMMENT))
        .map(line -> line.substring(COMMENT.length()).strip())
        .toList();
  }

  private String buffers() {
    List<ProgramInput> inputs = program.inputs();
    List<ProgramOutput> outputs = program.outputs();
    long donated = inputs.stream().filter(ProgramInput::donated).count();
    long unused = inputs.stream().filter(ProgramInput::unused).count();
    long forwarded =
        outputs.stream().filter(out -> out.forwardedInput().isPresent() && !out.copied()).count();
    long repeated =
        outputs.stream().filter(out -> out.sameAs().isPresent() && !out.copied()).count();
    long copied = outputs.stream().filter(ProgramOutput::copied).count();
    return "  %d inputs: %d donated, %d unused%n".formatted(inputs.size(), donated, unused)
        + "  %d outputs: %d are inputs' buffers, %d other outputs' buffers, %d copied by XLA%n"
            .formatted(outputs.size(), forwarded, repeated, copied);
  }

  /** What XLA has made of it: operations before and after, and memory. */
  String afterCompiling(ExecutableStatistics statistics) {
    StringBuilder text = new StringBuilder();
    text.append("  %-28s %9s %9s%n".formatted("operation", "written", "compiled"));
    TreeSet<String> names = new TreeSet<>(operations.keySet());
    names.addAll(statistics.operations().keySet());
    for (String name : names) {
      String written = times(operations.get(name));
      String compiled = times(statistics.operations().get(name));
      text.append("  %-28s %9s %9s".formatted(name, written, compiled).stripTrailing());
      text.append('\n');
    }
    return text.append(
            "%n  copies that XLA has inserted: %d, of buffers in loops: %d%n"
                .formatted(statistics.copies(), statistics.copiesInLoops()))
        .append(memory("copied in a call", statistics.copiedBytes()))
        .append(memory("arguments", statistics.argumentBytes()))
        .append(memory("outputs", statistics.outputBytes()))
        .append(memory("of them aliased", statistics.aliasedBytes()))
        .append(memory("temporary", statistics.temporaryBytes()))
        .append(memory("generated code", statistics.generatedCodeBytes()))
        .append(memory("peak", statistics.peakBytes()))
        .toString();
  }

  private static String times(@Nullable Integer count) {
    return count == null ? "" : count.toString();
  }

  private static String memory(String what, long bytes) {
    return "  %-18s %,15d bytes%n".formatted(what, bytes);
  }
}
