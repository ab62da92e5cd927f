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
import org.hlo4j.processor.pipeline.graph.FlowValue;
import org.hlo4j.processor.pipeline.syntax.Name;
import org.jspecify.annotations.Nullable;

/** Checks the results of calls, and binds them to names and Refs. */
record CallResults(NameScope scope) {
  /** Checks that there are as many Refs after an arrow as results, or none. */
  static void checkArrow(Span span, KernelSignature kernel, int written) throws Refusal {
    if (written > 0 && written != kernel.outputs().size()) {
      String given = Count.of(kernel.outputs().size(), "tensor");
      throw new Refusal(Message.ARROW_COUNT, span, kernel.name(), given, Count.are(written, "Ref"));
    }
  }

  /** Returns new values for a program's outputs, with the names of their targets. */
  static List<FlowValue> outputs(KernelSignature kernel, List<Name> targets, List<RefSlot> writes) {
    List<EntryPoint.Output> outputs = kernel.callee().outputs();
    List<String> names =
        Stream.concat(
                targets.stream().map(Name::text), writes.stream().map(slot -> plain(slot.name())))
            .toList();
    List<FlowValue> values = new ArrayList<>();
    for (int i = 0; i < outputs.size(); i++) {
      String name = names.isEmpty() ? kernel.name() : names.get(Math.min(i, names.size() - 1));
      values.add(new FlowValue(name, outputs.get(i).shape()));
    }
    return values;
  }

  private static String plain(String name) {
    return name.replace('[', '_').replace("]", "");
  }

  /** Replaces each output that is an input, or another output, by that value, to avoid copies. */
  static List<FlowValue> known(
      KernelSignature kernel, List<FlowValue> inputs, List<FlowValue> outputs) {
    List<FlowValue> known = new ArrayList<>();
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

  void deliver(
      Span span,
      KernelSignature kernel,
      List<Name> targets,
      List<RefSlot> writes,
      List<FlowValue> outputs)
      throws Refusal {
    int next = 0;
    List<Leaf> inputs = kernel.method().inputs();
    for (int i = 0; i < inputs.size(); i++) {
      Integer output = kernel.refOutputs().ofInputs().get(i);
      if (output != null) {
        writes.get(next).set(outputs.get(output));
        next++;
      }
    }
    List<FlowValue> results = kernel.refOutputs().result().stream().map(outputs::get).toList();
    List<RefSlot> arrow = writes.subList(next, writes.size());
    checkArrow(span, kernel, arrow.size());
    for (int i = 0; i < arrow.size(); i++) {
      Leaf given = kernel.outputs().get(i);
      RefSlot slot = arrow.get(i);
      if (!KernelSignature.isSame(given, slot.type())) {
        String shown = KernelSignature.shown(given);
        String held = KernelSignature.shown(slot.type());
        throw new Refusal(Message.ARROW_TYPE, span, kernel.name(), shown, slot, held);
      }
      slot.set(results.get(i));
    }
    bindResults(span, kernel, targets, results, arrow.isEmpty());
  }

  private void bindResults(
      Span span,
      KernelSignature kernel,
      List<Name> targets,
      List<FlowValue> results,
      boolean isWanted)
      throws Refusal {
    Structure whole = kernel.method().result().orElse(null);
    if (targets.isEmpty()) {
      if (whole != null && isWanted) {
        String given = Count.of(results.size(), "tensor");
        String them = results.size() == 1 ? "it: give it a name" : "them: give them names";
        throw new Refusal(Message.RESULT_DROPPED, span, kernel.name(), given, them);
      }
      return;
    }
    List<Structure> parts = parts(whole, targets.size());
    if (parts.size() != targets.size() || !isWanted) {
      String given = Count.of(isWanted ? parts.size() : 0, "value");
      String names = Count.are(targets.size(), "name");
      throw new Refusal(Message.TARGET_COUNT, span, kernel.name(), given, names);
    }
    int from = 0;
    for (int i = 0; i < parts.size(); i++) {
      int count = (int) parts.get(i).leaves().count();
      scope.bind(
          targets.get(i), new Binding.Tensors(parts.get(i), results.subList(from, from + count)));
      from += count;
    }
  }

  /** Returns the result as a whole, or its components. */
  private static List<Structure> parts(@Nullable Structure whole, int wanted) {
    if (whole == null) {
      return List.of();
    }
    return wanted > 1 && whole instanceof Structure.Group group
        ? group.components().stream().map(Structure.Component::structure).toList()
        : List.of(whole);
  }
}
