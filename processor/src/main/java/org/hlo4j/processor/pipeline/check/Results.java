package org.hlo4j.processor.pipeline.check;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.hlo4j.internal.mlir.analysis.EntryPoint;
import org.hlo4j.internal.mlir.text.Span;
import org.hlo4j.processor.message.Message;
import org.hlo4j.processor.model.Structure;
import org.hlo4j.processor.model.Structure.Leaf;
import org.hlo4j.processor.pipeline.graph.Value;
import org.hlo4j.processor.pipeline.syntax.Name;
import org.jspecify.annotations.Nullable;

/** The results of calls: what they are, and who gets them. */
final class Results {
  private final PipelineChecker checker;

  Results(PipelineChecker checker) {
    this.checker = checker;
  }

  /** Behind an arrow are as many variables as there are results, or none. */
  static void checkArrow(Span span, KernelSignature kernel, int written) {
    if (written > 0 && written != kernel.outputs().size()) {
      throw new Refusal(
          Message.ARROW_COUNT,
          span,
          kernel.name(),
          Count.of(kernel.outputs().size(), "tensor"),
          Count.are(written, "Ref"));
    }
  }

  /** New values for a program's outputs, under the names that they will have. */
  static List<Value> outputs(KernelSignature kernel, List<Name> targets, List<Cell> writes) {
    List<EntryPoint.Output> outputs = kernel.callee().outputs();
    List<String> names =
        Stream.concat(
                targets.stream().map(Name::text), writes.stream().map(cell -> plain(cell.name())))
            .toList();
    List<Value> values = new ArrayList<>();
    for (int i = 0; i < outputs.size(); i++) {
      String name = names.isEmpty() ? kernel.name() : names.get(Math.min(i, names.size() - 1));
      values.add(new Value(name, outputs.get(i).shape()));
    }
    return values;
  }

  private static String plain(String name) {
    return name.replace('[', '_').replace("]", "");
  }

  /** An output that is an input, or another output, is that value: nothing has to be copied. */
  static List<Value> known(KernelSignature kernel, List<Value> inputs, List<Value> outputs) {
    List<Value> known = new ArrayList<>();
    for (int i = 0; i < outputs.size(); i++) {
      EntryPoint.Output output = kernel.callee().outputs().get(i);
      OptionalInt forwarded = output.forwardedInput();
      OptionalInt same = output.sameAs();
      known.add(
          forwarded.isPresent()
              ? inputs.get(forwarded.getAsInt())
              : same.isPresent() ? known.get(same.getAsInt()) : outputs.get(i));
    }
    return known;
  }

  /** Gives results to variables and names. */
  void deliver(
      Span span,
      KernelSignature kernel,
      List<Name> targets,
      List<Cell> writes,
      List<Value> outputs) {
    int next = 0;
    List<Leaf> inputs = kernel.method().inputs();
    for (int i = 0; i < inputs.size(); i++) {
      Integer output = kernel.refOutputs().ofInputs().get(i);
      if (output != null) {
        writes.get(next).set(outputs.get(output));
        next++;
      }
    }
    List<Value> results = kernel.refOutputs().result().stream().map(outputs::get).toList();
    List<Cell> arrow = writes.subList(next, writes.size());
    checkArrow(span, kernel, arrow.size());
    for (int i = 0; i < arrow.size(); i++) {
      Leaf given = kernel.outputs().get(i);
      if (!KernelSignature.isSame(given, arrow.get(i).type())) {
        throw new Refusal(
            Message.ARROW_TYPE,
            span,
            kernel.name(),
            KernelSignature.typeAndShapeOf(given),
            arrow.get(i),
            KernelSignature.typeAndShapeOf(arrow.get(i).type()));
      }
      arrow.get(i).set(results.get(i));
    }
    bindResults(span, kernel, targets, results, arrow.isEmpty());
  }

  private void bindResults(
      Span span,
      KernelSignature kernel,
      List<Name> targets,
      List<Value> results,
      boolean isWanted) {
    Structure whole = kernel.method().result().orElse(null);
    if (targets.isEmpty()) {
      if (whole != null && isWanted) {
        throw new Refusal(
            Message.RESULT_DROPPED,
            span,
            kernel.name(),
            Count.of(results.size(), "tensor"),
            results.size() == 1 ? "it: give it a name" : "them: give them names");
      }
      return;
    }
    List<Structure> parts = parts(whole, targets.size());
    if (parts.size() != targets.size() || !isWanted) {
      throw new Refusal(
          Message.TARGET_COUNT,
          span,
          kernel.name(),
          Count.of(isWanted ? parts.size() : 0, "value"),
          Count.are(targets.size(), "name"));
    }
    int from = 0;
    for (int i = 0; i < parts.size(); i++) {
      int count = (int) parts.get(i).leaves().count();
      checker.bind(
          targets.get(i), new Binding.Tensors(parts.get(i), results.subList(from, from + count)));
      from += count;
    }
  }

  /** A result as a whole, or its components. */
  private static List<Structure> parts(@Nullable Structure whole, int wanted) {
    if (whole == null) {
      return List.of();
    }
    return wanted > 1 && whole instanceof Structure.Group group
        ? group.components().stream().map(Structure.Component::structure).toList()
        : List.of(whole);
  }
}
