package org.hlo4j.cli.explain;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.hlo4j.ExecutableStatistics;
import org.hlo4j.Program;
import org.hlo4j.ProgramInput;
import org.hlo4j.ProgramOutput;
import org.jspecify.annotations.Nullable;

/** Writes explanations as text. */
public final class ExplanationText {
  private ExplanationText() {}

  /** Returns the signature, and how the memory of each buffer is reused. */
  public static String beforeCompiling(Explanation explanation) {
    Program program = explanation.program();
    StringBuilder text = new StringBuilder();
    text.append("  ").append(program.name()).append('\n');
    explanation.comments().forEach(line -> text.append("  ").append(line).append('\n'));
    program.inputs().forEach(input -> text.append("  in  ").append(input).append('\n'));
    program.outputs().forEach(output -> text.append("  out ").append(output).append('\n'));
    program.collectives().forEach(used -> text.append("  collective ").append(used).append('\n'));
    return text.append('\n').append(buffers(program)).toString();
  }

  private static String buffers(Program program) {
    List<ProgramInput> inputs = program.inputs();
    List<ProgramOutput> outputs = program.outputs();
    long donated = inputs.stream().filter(ProgramInput::donated).count();
    long unused = inputs.stream().filter(ProgramInput::unused).count();
    long forwarded =
        outputs.stream().filter(out -> out.forwardedInput().isPresent() && !out.copied()).count();
    long repeated =
        outputs.stream().filter(out -> out.sameAs().isPresent() && !out.copied()).count();
    long copied = outputs.stream().filter(ProgramOutput::copied).count();
    return "  %s inputs: %s donated, %s unused%n".formatted(inputs.size(), donated, unused)
        + "  %s outputs: %s are inputs' buffers, %s other outputs' buffers, %s copied by XLA%n"
            .formatted(outputs.size(), forwarded, repeated, copied);
  }

  /** Returns operation counts before and after XLA's optimization, copies and memory use. */
  public static String afterCompiling(Explanation explanation, ExecutableStatistics statistics) {
    StringBuilder text = new StringBuilder();
    text.append("  %-28s %9s %9s%n".formatted("operation", "written", "compiled"));
    Map<String, Integer> written = explanation.operations();
    TreeSet<String> names = new TreeSet<>(written.keySet());
    names.addAll(statistics.operations().keySet());
    for (String name : names) {
      String before = times(written.get(name));
      String after = times(statistics.operations().get(name));
      text.append("  %-28s %9s %9s".formatted(name, before, after).stripTrailing());
      text.append('\n');
    }
    return text.append(
            "%n  copies inserted by XLA: %s, of buffers in loops: %s%n"
                .formatted(statistics.copies(), statistics.copiesInLoops()))
        .append(memory("copied per call", statistics.copiedBytes()))
        .append(memory("arguments", statistics.argumentBytes()))
        .append(memory("outputs", statistics.outputBytes()))
        .append(memory("aliased outputs", statistics.aliasedBytes()))
        .append(memory("temporary", statistics.temporaryBytes()))
        .append(memory("generated code", statistics.generatedCodeBytes()))
        .append(memory("peak", statistics.peakBytes()))
        .toString();
  }

  private static String times(@Nullable Integer count) {
    return count == null ? "" : count.toString();
  }

  private static String memory(String what, long bytes) {
    return String.format(Locale.ROOT, "  %-18s %,15d bytes%n", what, bytes);
  }
}
