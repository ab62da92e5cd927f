package org.hlo4j.processor.pipeline.link;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import org.hlo4j.internal.mlir.model.Operation;
import org.hlo4j.internal.mlir.model.Type;
import org.hlo4j.internal.mlir.model.Value;
import org.hlo4j.processor.pipeline.graph.Callee;
import org.hlo4j.processor.pipeline.graph.FlowValue;
import org.hlo4j.processor.pipeline.graph.Future;
import org.hlo4j.processor.pipeline.graph.Step;

/** Writes calls as an {@code async_start} and an {@code async_done}. */
final class SplitCalls {
  private final FunctionBody body;
  private final Linker linker;
  private final Map<Future, Started> started = new HashMap<>();

  /** A call in flight, with the name of its future. */
  private record Started(String name, List<FlowValue> inputs) {}

  SplitCalls(FunctionBody body, Linker linker) {
    this.body = body;
    this.linker = linker;
  }

  void start(Step.Start start) {
    Callee callee = start.future().callee();
    Operation operation = callee.split().orElseThrow();
    Value operand = operation.operands().get(0);
    String outside =
        operand.isArgument()
            ? body.name(start.inputs().get(operand.index()))
            : constant(callee, operand);
    String type = linker.rename(callee, typeOf(operand));
    String parameter = body.fresh("arg");
    Map<String, String> inside = new HashMap<>();
    inside.put(operand.name(), parameter);
    String future = body.fresh(start.future().name());
    started.put(start.future(), new Started(future, start.inputs()));
    String result = body.fresh("result");
    inside.put(operation.results().get(0).name(), result);
    String resultType = outputType(callee);
    body.line("%s = \"stablehlo.async_start\"(%s) ({".formatted(future, outside));
    body.line("^bb0(%s: %s):".formatted(parameter, type));
    body.beginBlock();
    String text =
        Renamer.rename(
            linker.rename(callee, operation.text()),
            name -> name.startsWith("%") ? inside.computeIfAbsent(name, this::another) : name);
    body.lines(text);
    body.line("stablehlo.return %s : %s".formatted(result, resultType));
    body.endBlock();
    body.line("}) : (%s) -> !stablehlo.future<%s>".formatted(type, resultType));
  }

  /** Returns a unique name for a definition in a started operation's region. */
  private String another(String name) {
    return body.fresh(name.substring(1));
  }

  private static String typeOf(Value value) {
    Type type = value.type();
    return type == null ? "" : type.text();
  }

  /** Writes a constant that the operation reads before the start. */
  private String constant(Callee callee, Value value) {
    Operation definition = Objects.requireNonNull(value.definition());
    String name = body.fresh("constant");
    String text =
        Renamer.rename(
            linker.rename(callee, definition.text()),
            mark -> mark.equals(value.name()) ? name : mark);
    body.lines(text);
    return name;
  }

  private static String outputType(Callee callee) {
    return typeOf(callee.split().orElseThrow().results().get(0));
  }

  /** Writes the end of a call started here. */
  void done(Step.Done done) {
    Callee callee = done.future().callee();
    Started call = Objects.requireNonNull(started.get(done.future()));
    String type = outputType(callee);
    String result = body.fresh(done.outputs().get(0).name());
    body.line(
        "%s = \"stablehlo.async_done\"(%s) : (!stablehlo.future<%s>) -> %s"
            .formatted(result, call.name(), type, type));
    for (int i = 0; i < done.outputs().size(); i++) {
      OptionalInt forwarded = callee.outputs().get(i).forwardedInput();
      body.name(
          done.outputs().get(i),
          forwarded.isPresent() ? body.name(call.inputs().get(forwarded.getAsInt())) : result);
    }
  }
}
