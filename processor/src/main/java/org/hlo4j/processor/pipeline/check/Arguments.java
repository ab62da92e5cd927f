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
import org.hlo4j.processor.model.Structure.Leaf;
import org.hlo4j.processor.pipeline.graph.Value;
import org.hlo4j.processor.pipeline.syntax.Operand;
import org.hlo4j.processor.pipeline.syntax.Statement;

/** The arguments of calls: their types, and whether what they write is free. */
final class Arguments {
  private final Scope scope;
  private final Resolver resolver;

  Arguments(Scope scope, Resolver resolver) {
    this.scope = scope;
    this.resolver = resolver;
  }

  /** Looks a call's arguments up, and checks that it may have them. */
  Traffic traffic(Statement.Call call, KernelSignature kernel) {
    List<Parameter> parameters = kernel.parameters();
    if (parameters.size() != call.arguments().size()) {
      throw new Refusal(
          Message.ARGUMENT_COUNT,
          call.span(),
          kernel,
          Count.of(parameters.size(), "argument"),
          call.arguments().size());
    }
    List<Value> inputs = new ArrayList<>();
    Map<Value, Operand> givenAway = new LinkedHashMap<>();
    List<Cell> reads = new ArrayList<>();
    List<Cell> writes = new ArrayList<>();
    for (int i = 0; i < parameters.size(); i++) {
      Parameter parameter = parameters.get(i);
      Operand operand = call.arguments().get(i);
      if (KernelSignature.isRef(parameter.structure())) {
        writes.add(variable(operand, parameter, kernel));
      } else if (scope.get(operand.variable().text()) instanceof Binding.Variable) {
        reads.add(resolver.cell(operand));
      }
      Binding.Tensors tensors = resolver.read(operand);
      checkType(operand, tensors.structure(), parameter, kernel);
      inputs.addAll(tensors.values());
      if (parameter.donated()) {
        tensors.values().forEach(value -> givenAway.put(value, operand));
      }
    }
    call.writes().forEach(operand -> writes.add(resolver.cell(operand)));
    checkWrites(call, kernel, givenAway, reads, writes);
    return new Traffic(inputs, List.copyOf(givenAway.keySet()), reads, writes);
  }

  private Cell variable(Operand operand, Parameter parameter, KernelSignature kernel) {
    Binding binding = resolver.binding(operand.variable());
    if (binding instanceof Binding.Variable) {
      return resolver.cell(operand);
    }
    if (binding instanceof Binding.Broken) {
      throw new SilentRefusal();
    }
    throw new Refusal(
        Message.NEEDS_A_REF, operand.span(), parameter.name(), kernel.name(), operand);
  }

  private static void checkType(
      Operand operand, Structure structure, Parameter parameter, KernelSignature kernel) {
    if (!KernelSignature.isSame(structure, parameter.structure())) {
      throw new Refusal(
          Message.ARGUMENT_TYPE,
          operand.span(),
          kernel.name(),
          shown(parameter.structure()),
          parameter.name(),
          operand,
          shown(structure));
    }
  }

  private static String shown(Structure structure) {
    return structure instanceof Leaf leaf
        ? KernelSignature.typeAndShapeOf(leaf)
        : KernelSignature.typeOf(structure);
  }

  private void checkWrites(
      Statement.Call call,
      KernelSignature kernel,
      Map<Value, Operand> givenAway,
      List<Cell> reads,
      List<Cell> writes) {
    Set<Cell> seen = new LinkedHashSet<>();
    for (Cell cell : writes) {
      if (!seen.add(cell)) {
        throw new Refusal(Message.WRITTEN_TWICE, call.span(), cell, kernel.name());
      }
      boolean isRead = reads.contains(cell);
      boolean byArrow = call.writes().stream().anyMatch(to -> resolver.cell(to).equals(cell));
      if (isRead && (call.starts() || !byArrow)) {
        throw new Refusal(Message.SENT_INTO_ITSELF, call.span(), cell, kernel.name());
      }
      Flight other =
          scope.inFlight(flight -> flight.reads().contains(cell) || flight.writes().contains(cell));
      if (other != null) {
        throw writtenInFlight(call.span(), cell.name(), other);
      }
    }
    givenAway.forEach(
        (value, operand) -> {
          Flight other = scope.inFlight(flight -> flight.inputs().contains(value));
          if (other != null) {
            throw writtenInFlight(call.span(), operand.toString(), other);
          }
        });
  }

  private static Refusal writtenInFlight(Span span, String what, Flight other) {
    return new Refusal(
        Message.WRITTEN_IN_FLIGHT, span, what, other.signature().name(), other.line());
  }
}
