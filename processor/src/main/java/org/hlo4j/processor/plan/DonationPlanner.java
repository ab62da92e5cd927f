package org.hlo4j.processor.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.hlo4j.internal.mlir.Attributes;
import org.hlo4j.internal.mlir.EntryPoint;
import org.hlo4j.internal.mlir.FunctionArgument;
import org.hlo4j.processor.message.Message;
import org.hlo4j.processor.message.Report;
import org.hlo4j.processor.model.KernelMethod;
import org.hlo4j.processor.model.Parameter;
import org.hlo4j.processor.model.Structure.Leaf;

/**
 * Pairs each donated input with an output of its type, and writes the pairs into the program. What
 * the program says already is kept; the others take the first free output, in order.
 */
public final class DonationPlanner {
  private final KernelMethod method;
  private final EntryPoint entry;
  private final Report report;

  private DonationPlanner(KernelMethod method, EntryPoint entry, Report report) {
    this.method = method;
    this.entry = entry;
    this.report = report;
  }

  /**
   * Plans a kernel whose signature agrees with its program's. What cannot be donated is reported.
   */
  public static KernelPlan plan(KernelMethod method, EntryPoint entry, Report report) {
    String text = new DonationPlanner(method, entry, report).rewrite();
    return new KernelPlan(method, text, !text.equals(method.program().text()));
  }

  private String rewrite() {
    Set<Integer> taken = new TreeSet<>();
    entry.inputs().forEach(input -> input.aliasedOutput().ifPresent(taken::add));
    List<Insertion> insertions = new ArrayList<>();
    int index = 0;
    for (Parameter parameter : method.parameters()) {
      for (Leaf leaf : parameter.structure().leaves().toList()) {
        EntryPoint.Input input = entry.inputs().get(index);
        index++;
        if (!parameter.donated()) {
          checkKept(leaf, input);
        } else if (!input.donated()) {
          pair(leaf, input, taken, insertions);
        }
      }
    }
    return Insertion.apply(method.program().text(), insertions);
  }

  private void checkKept(Leaf leaf, EntryPoint.Input input) {
    if (input.donated()) {
      report.add(
          Message.DONATED_BY_PROGRAM_ONLY.at(
              leaf.place(), leaf.path(), input.argument().attributes()));
    }
  }

  private void pair(
      Leaf leaf, EntryPoint.Input input, Set<Integer> taken, List<Insertion> insertions) {
    OptionalInt output = freeOutput(input, taken);
    if (output.isEmpty()) {
      report.add(Message.NO_OUTPUT_TO_DONATE_TO.at(leaf.place(), leaf.path(), input.shape()));
      return;
    }
    if (entry.function().signature() == null && input.argument().attributes().span() == null) {
      report.add(Message.DONATED_IN_GENERIC_FORM.at(leaf.place(), leaf.path()));
      return;
    }
    taken.add(output.getAsInt());
    insertions.add(aliasing(input.argument(), output.getAsInt()));
  }

  private OptionalInt freeOutput(EntryPoint.Input input, Set<Integer> taken) {
    for (int i = 0; i < entry.outputs().size(); i++) {
      if (!taken.contains(i) && entry.outputs().get(i).shape().equals(input.shape())) {
        return OptionalInt.of(i);
      }
    }
    return OptionalInt.empty();
  }

  private static Insertion aliasing(FunctionArgument argument, int output) {
    String attribute = "tf.aliasing_output = %d : i32".formatted(output);
    Attributes attributes = argument.attributes();
    if (attributes.span() == null) {
      return new Insertion(argument.typeSpan().end(), " {" + attribute + "}");
    }
    String separator = attributes.isEmpty() ? "" : ", ";
    return new Insertion(attributes.span().start() + 1, attribute + separator);
  }
}
