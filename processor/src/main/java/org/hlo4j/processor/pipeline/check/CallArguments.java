package org.hlo4j.processor.pipeline.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hlo4j.internal.mlir.text.Span;
import org.hlo4j.processor.message.Message;
import org.hlo4j.processor.model.Parameter;
import org.hlo4j.processor.model.Structure;
import org.hlo4j.processor.pipeline.graph.FlowValue;
import org.hlo4j.processor.pipeline.syntax.Operand;
import org.hlo4j.processor.pipeline.syntax.Statement;

/** Checks the types of arguments, and that their targets have no conflicting uses. */
record CallArguments(NameScope scope, Resolver resolver) {
  /** Resolves a call's arguments, and checks their access. */
  CallEffects effects(Statement.Call call, KernelSignature kernel) throws Rejection {
    List<Parameter> parameters = kernel.parameters();
    if (parameters.size() != call.arguments().size()) {
      String taken = Count.of(parameters.size(), "argument");
      int given = call.arguments().size();
      throw new Refusal(Message.ARGUMENT_COUNT, call.span(), kernel, taken, given);
    }
    List<FlowValue> inputs = new ArrayList<>();
    Map<FlowValue, Operand> givenAway = new LinkedHashMap<>();
    List<RefSlot> reads = new ArrayList<>();
    List<RefSlot> writes = new ArrayList<>();
    for (int i = 0; i < parameters.size(); i++) {
      Parameter parameter = parameters.get(i);
      Operand operand = call.arguments().get(i);
      if (KernelSignature.isRef(parameter.structure())) {
        writes.add(refSlot(operand, parameter, kernel));
      } else if (scope.get(operand.variable().text()) instanceof Binding.Ref) {
        reads.add(resolver.slot(operand));
      }
      Binding.Tensors tensors = resolver.read(operand);
      checkType(operand, tensors.structure(), parameter, kernel);
      inputs.addAll(tensors.values());
      if (parameter.donated()) {
        tensors.values().forEach(value -> givenAway.put(value, operand));
      }
    }
    List<RefSlot> byArrow = new ArrayList<>();
    for (Operand operand : call.writes()) {
      byArrow.add(resolver.slot(operand));
    }
    writes.addAll(byArrow);
    checkWrites(call, kernel, byArrow, reads, writes);
    checkGivenAway(call, givenAway);
    return new CallEffects(inputs, List.copyOf(givenAway.keySet()), reads, writes);
  }

  private RefSlot refSlot(Operand operand, Parameter parameter, KernelSignature kernel)
      throws Rejection {
    Binding binding = resolver.binding(operand.variable());
    if (binding instanceof Binding.Ref) {
      return resolver.slot(operand);
    }
    if (binding instanceof Binding.Broken) {
      throw new SilentRefusal();
    }
    throw new Refusal(
        Message.NEEDS_A_REF, operand.span(), parameter.name(), kernel.name(), operand);
  }

  private static void checkType(
      Operand operand, Structure structure, Parameter parameter, KernelSignature kernel)
      throws Refusal {
    if (!KernelSignature.isSame(structure, parameter.structure())) {
      String taken = KernelSignature.shown(parameter.structure());
      String given = KernelSignature.shown(structure);
      String name = parameter.name();
      throw new Refusal(
          Message.ARGUMENT_TYPE, operand.span(), kernel.name(), taken, name, operand, given);
    }
  }

  private void checkWrites(
      Statement.Call call,
      KernelSignature kernel,
      List<RefSlot> byArrow,
      List<RefSlot> reads,
      List<RefSlot> writes)
      throws Refusal {
    Set<RefSlot> seen = new LinkedHashSet<>();
    for (RefSlot slot : writes) {
      if (!seen.add(slot)) {
        throw new Refusal(Message.WRITTEN_TWICE, call.span(), slot, kernel.name());
      }
      if (reads.contains(slot) && (call.starts() || !byArrow.contains(slot))) {
        throw new Refusal(Message.SENT_INTO_ITSELF, call.span(), slot, kernel.name());
      }
      InFlightCall other =
          scope.inFlight(
              started ->
                  started.effects().reads().contains(slot)
                      || started.effects().writes().contains(slot));
      if (other != null) {
        throw writtenInFlight(call.span(), slot.name(), other);
      }
    }
  }

  private void checkGivenAway(Statement.Call call, Map<FlowValue, Operand> givenAway)
      throws Refusal {
    for (Map.Entry<FlowValue, Operand> given : givenAway.entrySet()) {
      InFlightCall other =
          scope.inFlight(started -> started.effects().inputs().contains(given.getKey()));
      if (other != null) {
        throw writtenInFlight(call.span(), given.getValue().toString(), other);
      }
    }
  }

  private static Refusal writtenInFlight(Span span, String what, InFlightCall other) {
    return new Refusal(
        Message.WRITTEN_IN_FLIGHT, span, what, other.signature().name(), other.line());
  }
}
