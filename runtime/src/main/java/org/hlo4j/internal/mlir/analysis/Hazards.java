package org.hlo4j.internal.mlir.analysis;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hlo4j.error.CompilationException;
import org.hlo4j.internal.mlir.model.Attribute;
import org.hlo4j.internal.mlir.model.Function;
import org.hlo4j.internal.mlir.model.MlirModule;
import org.hlo4j.internal.mlir.model.Operation;
import org.hlo4j.internal.mlir.model.RankedTensorType;
import org.hlo4j.internal.mlir.model.SymbolReference;
import org.hlo4j.internal.mlir.model.Type;
import org.hlo4j.internal.mlir.model.Value;
import org.hlo4j.internal.mlir.text.SourceText;
import org.hlo4j.internal.mlir.text.Span;

/**
 * Rejects programs that XLA accepts and that then end the process or hang; each of these was
 * observed with a real plugin.
 */
final class Hazards {
  private static final Set<String> SIX_BIT_FLOATS = Set.of("f6E2M3FN", "f6E3M2FN");

  private final MlirModule module;
  private final SourceText source;
  private final Collectives collectives;
  private final SizeLimits sizes;

  private Hazards(MlirModule module, DeviceCounts counts) {
    this.module = module;
    this.source = module.source();
    this.collectives = new Collectives(module, counts.replicas(), counts.partitions());
    this.sizes = new SizeLimits(source);
  }

  /**
   * Checks a program that runs as so many processes.
   *
   * @throws CompilationException if it is dangerous; the message shows the line
   */
  static void check(MlirModule module, DeviceCounts counts) {
    Hazards hazards = new Hazards(module, counts);
    hazards.checkRecursion();
    for (Function function : module.functions()) {
      hazards.checkBody(function);
      function.arguments().forEach(a -> hazards.checkType(a.type(), a.typeSpan()));
      function.walk(hazards::checkOperation);
    }
  }

  /** Also where nothing calls the function. */
  private void checkBody(Function function) {
    if (function.isDeclaration()) {
      throw source.refusal(
          function.span().start(),
          "@%s has no body, and XLA would abort the process",
          function.name());
    }
  }

  private void checkOperation(Operation operation) {
    switch (operation.kind()) {
      case "infeed", "outfeed" ->
          throw operation.refusal(
              "infeed and outfeed are not supported, as the program would never finish");
      default -> collectives.check(operation);
    }
    for (Value result : operation.results()) {
      Type type = result.type();
      if (type != null) {
        checkType(type, operation.nameSpan());
      }
    }
    sizes.check(operation);
  }

  private void checkType(Type type, Span span) {
    if (!(type instanceof RankedTensorType tensor)) {
      return;
    }
    if (SIX_BIT_FLOATS.contains(tensor.element())) {
      throw source.refusal(
          span.start(), tensor.text() + " has six-bit floats, which XLA does not support");
    }
    sizes.check(tensor, span);
  }

  /**
   * A function that an operation mentions.
   *
   * @param caller which operation
   * @param callee the function's name
   */
  private record Call(Operation caller, String callee) {}

  /** XLA inlines calls without end. An explicit stack, since a chain of calls may be long. */
  private void checkRecursion() {
    Map<String, List<Call>> calls = new HashMap<>();
    for (Function function : module.functions()) {
      List<Call> called = new ArrayList<>();
      function.walk(operation -> addCalls(operation, called));
      calls.put(function.name(), called);
    }
    Set<String> finished = new HashSet<>();
    for (String start : calls.keySet()) {
      walkCalls(start, calls, finished);
    }
  }

  private void addCalls(Operation operation, List<Call> called) {
    String callee = operation.callee();
    if (callee != null) {
      called.add(new Call(operation, callee));
    } else if (operation.kind().equals("composite")) {
      operation.symbols().forEach(symbol -> called.add(new Call(operation, symbol.name())));
    } else if (operation.kind().equals("custom_call")) {
      addComputations(operation, called);
    }
  }

  /** What a custom call has XLA compile; its target is no function of the program. */
  private void addComputations(Operation operation, List<Call> called) {
    Attribute computations = operation.attributes().get("called_computations");
    if (computations == null) {
      return;
    }
    for (SymbolReference symbol : operation.symbols()) {
      if (computations.span().contains(symbol.span().start())) {
        if (module.function(symbol.name()) == null) {
          throw operation.refusal(
              "there is no %s, and XLA would abort the process".formatted(symbol));
        }
        called.add(new Call(operation, symbol.name()));
      }
    }
  }

  private void walkCalls(String start, Map<String, List<Call>> calls, Set<String> finished) {
    Set<String> open = new HashSet<>();
    Deque<String> stack = new ArrayDeque<>();
    stack.push(start);
    while (!stack.isEmpty()) {
      String function = stack.peek();
      if (finished.contains(function)) {
        stack.pop();
        continue;
      }
      boolean returning = !open.add(function);
      if (!returning) {
        for (Call call : calls.getOrDefault(function, List.of())) {
          if (open.contains(call.callee())) {
            throw call.caller()
                .refusal(
                    "@%s calls itself, and XLA would abort the process".formatted(call.callee()));
          }
          if (!finished.contains(call.callee())) {
            stack.push(call.callee());
          }
        }
      } else {
        open.remove(function);
        finished.add(function);
        stack.pop();
      }
    }
  }
}
