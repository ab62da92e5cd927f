package org.hlo4j.processor.pipeline.link;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hlo4j.internal.mlir.DeviceCounts;
import org.hlo4j.internal.mlir.EntryPoint;
import org.hlo4j.internal.mlir.Operation;
import org.hlo4j.processor.pipeline.graph.Callee;
import org.hlo4j.processor.pipeline.graph.Flow;
import org.hlo4j.processor.pipeline.graph.Future;
import org.hlo4j.processor.pipeline.graph.Item;
import org.hlo4j.processor.pipeline.graph.Step;
import org.hlo4j.processor.pipeline.graph.Value;

/**
 * Writes a pipeline as a StableHLO module. A call of a kernel is a call of its function; a call
 * that was started and can be split is an {@code async_start} and an {@code async_done}, and one
 * that cannot is a call where it is started.
 */
public final class ProgramWriter {
  private static final String INDENT = "  ";

  /** Keeps a call from being put in line, and so what is before it before what is behind it. */
  private static final String NOT_IN_LINE = "{mhlo.frontend_attributes = {inlineable = \"false\"}}";

  private final Linker linker = new Linker();
  private final boolean fencesAreCalls;
  private final Map<Value, String> names = new HashMap<>();
  private final Map<Future, String> futures = new HashMap<>();
  private final Map<Future, List<Value>> inFlight = new HashMap<>();
  private final Map<Future, List<String>> early = new HashMap<>();
  private final Set<String> taken = new HashSet<>();
  private final Map<String, String> fences = new HashMap<>();
  private final StringBuilder body = new StringBuilder();
  private int depth = 2;

  private ProgramWriter(boolean fencesAreCalls) {
    this.fencesAreCalls = fencesAreCalls;
  }

  /**
   * The module.
   *
   * @param name of the pipeline
   * @param fencesAreCalls whether fences are calls instead of barriers
   * @param aliasedOutputs for each input the output that replaces it, or -1
   */
  public static String write(
      Flow flow,
      String name,
      DeviceCounts counts,
      boolean fencesAreCalls,
      List<Integer> aliasedOutputs) {
    return new ProgramWriter(fencesAreCalls).module(flow, name, counts, aliasedOutputs);
  }

  private String module(Flow flow, String name, DeviceCounts counts, List<Integer> aliasedOutputs) {
    Shardings shardings = Shardings.of(flow, linker);
    List<String> arguments = new ArrayList<>();
    for (int i = 0; i < flow.inputs().size(); i++) {
      Value input = flow.inputs().get(i);
      List<String> attributes = new ArrayList<>();
      shardings.ofInput(input).ifPresent(attributes::add);
      if (aliasedOutputs.get(i) >= 0) {
        attributes.add("tf.aliasing_output = %d : i32".formatted(aliasedOutputs.get(i)));
      }
      arguments.add("%s: %s%s".formatted(define(input), input.shape(), dictionary(attributes)));
    }
    flow.steps().forEach(this::step);
    line("return%s".formatted(operandsAndTypes(flow.outputs())));
    String results =
        flow.outputs().stream()
            .map(
                output -> output.shape() + dictionary(shardings.ofOutput(output).stream().toList()))
            .collect(Collectors.joining(", "));
    StringBuilder text = new StringBuilder();
    linker.aliases().forEach(line -> text.append(line).append('\n'));
    text.append(
        "module @%s attributes {mhlo.num_partitions = %d : i32, mhlo.num_replicas = %d : i32} {\n"
            .formatted(plain(name), counts.partitions(), counts.replicas()));
    linker.symbols().forEach(operation -> text.append(operation.indent(INDENT.length())));
    text.append(
        INDENT
            + "func.func public @main(%s) -> (%s) {\n"
                .formatted(String.join(", ", arguments), results));
    text.append(body).append(INDENT).append("}\n");
    for (String function : linker.functions()) {
      text.append(function.indent(INDENT.length()));
    }
    return text.append("}\n").toString();
  }

  private static String dictionary(List<String> attributes) {
    return attributes.isEmpty() ? "" : " {" + String.join(", ", attributes) + "}";
  }

  private void step(Step step) {
    switch (step) {
      case Step.Run run -> call(run.callee(), run.inputs(), run.outputs());
      case Step.Start start -> start(start);
      case Step.Done done -> done(done);
      case Step.Fence fence -> fence(fence);
      case Step.Repeat repeat -> repeat(repeat);
    }
  }

  private void call(Callee callee, List<Value> inputs, List<Value> outputs) {
    List<String> results = results(outputs);
    line(
        "%sfunc.call %s(%s) : (%s) -> (%s)"
            .formatted(
                assignment(results),
                linker.symbol(callee),
                operands(inputs),
                types(inputs),
                types(outputs)));
    name(outputs, results);
  }

  /** Names for the results of one operation: a number follows if there are several. */
  private List<String> results(List<Value> values) {
    if (values.isEmpty()) {
      return List.of();
    }
    String name = fresh(values.get(0).name());
    return values.size() == 1
        ? List.of(name)
        : IntStream.range(0, values.size()).mapToObj(i -> name + "#" + i).toList();
  }

  private static String assignment(List<String> results) {
    return switch (results.size()) {
      case 0 -> "";
      case 1 -> results.get(0) + " = ";
      default -> {
        String first = results.get(0);
        yield "%s:%d = ".formatted(first.substring(0, first.indexOf('#')), results.size());
      }
    };
  }

  private void name(List<Value> values, List<String> given) {
    for (int i = 0; i < values.size(); i++) {
      names.put(values.get(i), given.get(i));
    }
  }

  private void start(Step.Start start) {
    Callee callee = start.future().callee();
    if (callee.split().isEmpty()) {
      List<Value> outputs =
          callee.outputs().stream()
              .map(output -> new Value(start.future().name(), output.shape()))
              .toList();
      call(callee, start.inputs(), outputs);
      early.put(start.future(), outputs.stream().map(names::get).toList());
      return;
    }
    Operation operation = callee.split().get();
    Map<String, String> arguments = new HashMap<>();
    for (int i = 0; i < start.inputs().size(); i++) {
      arguments.put(callee.entry().inputs().get(i).argument().name(), name(start.inputs().get(i)));
    }
    List<String> operands = new ArrayList<>();
    List<String> types = new ArrayList<>();
    Map<String, String> inside = new HashMap<>();
    List<String> parameters = new ArrayList<>();
    for (org.hlo4j.internal.mlir.Value operand : operation.operands()) {
      String outside =
          operand.isArgument()
              ? arguments.getOrDefault(operand.name(), operand.name())
              : constant(callee, operand, arguments);
      String type = linker.rename(callee, typeOf(operand));
      if (!inside.containsKey(operand.name())) {
        String parameter = fresh("arg");
        inside.put(operand.name(), parameter);
        parameters.add("%s: %s".formatted(parameter, type));
        operands.add(outside);
        types.add(type);
      }
    }
    String future = fresh(start.future().name());
    futures.put(start.future(), future);
    inFlight.put(start.future(), start.inputs());
    String result = fresh("result");
    inside.put(operation.results().get(0).name(), result);
    String resultType = outputType(callee);
    line("%s = \"stablehlo.async_start\"(%s) ({".formatted(future, String.join(", ", operands)));
    line("^bb0(%s):".formatted(String.join(", ", parameters)));
    depth++;
    String text =
        Renamer.rename(
            linker.rename(callee, operation.text()),
            name -> name.startsWith("%") ? inside.computeIfAbsent(name, this::another) : name);
    text.lines().map(String::strip).forEach(this::line);
    line("stablehlo.return %s : %s".formatted(result, resultType));
    depth--;
    line("}) : (%s) -> !stablehlo.future<%s>".formatted(String.join(", ", types), resultType));
  }

  /** A name for what a started operation's own region defines: it must not hide any other. */
  private String another(String name) {
    return fresh(name.substring(1));
  }

  private static String typeOf(org.hlo4j.internal.mlir.Value value) {
    org.hlo4j.internal.mlir.Type type = value.type();
    return type == null ? "" : type.text();
  }

  /** A constant that the operation reads comes before the start, once for each. */
  private String constant(
      Callee callee, org.hlo4j.internal.mlir.Value value, Map<String, String> known) {
    String already = known.get(value.name());
    Operation definition = value.definition();
    if (already != null || definition == null) {
      return already == null ? value.name() : already;
    }
    String name = fresh("constant");
    String text =
        Renamer.rename(
            linker.rename(callee, definition.text()),
            mark -> mark.equals(value.name()) ? name : mark);
    text.lines().map(String::strip).forEach(this::line);
    known.put(value.name(), name);
    return name;
  }

  /** The type of what a split operation gives. */
  private static String outputType(Callee callee) {
    return typeOf(callee.split().orElseThrow().results().get(0));
  }

  private void done(Step.Done done) {
    List<String> there = early.get(done.future());
    if (there != null) {
      name(done.outputs(), there);
      return;
    }
    Callee callee = done.future().callee();
    String type = outputType(callee);
    String result = fresh(done.outputs().get(0).name());
    line(
        "%s = \"stablehlo.async_done\"(%s) : (!stablehlo.future<%s>) -> %s"
            .formatted(result, futures.get(done.future()), type, type));
    List<EntryPoint.Output> outputs = callee.outputs();
    List<Value> inputs = Objects.requireNonNull(inFlight.get(done.future()));
    for (int i = 0; i < outputs.size(); i++) {
      OptionalInt forwarded = outputs.get(i).forwardedInput();
      names.put(
          done.outputs().get(i),
          forwarded.isPresent() ? name(inputs.get(forwarded.getAsInt())) : result);
    }
  }

  private void fence(Step.Fence fence) {
    List<String> results = results(fence.outputs());
    String types = types(fence.inputs());
    if (fencesAreCalls && fence.isKept()) {
      String symbol =
          fences.computeIfAbsent(
              types, unused -> linker.add("hlo4j_fence", fenceFunction(fence.inputs())));
      line(
          "%sfunc.call %s(%s) %s : (%s) -> (%s)"
              .formatted(
                  assignment(results),
                  symbol,
                  operands(fence.inputs()),
                  NOT_IN_LINE,
                  types,
                  types));
    } else {
      line(
          "%sstablehlo.optimization_barrier %s : %s"
              .formatted(assignment(results), operands(fence.inputs()), types));
    }
    name(fence.outputs(), results);
  }

  private static String fenceFunction(List<Value> values) {
    List<String> parameters = new ArrayList<>();
    List<String> operands = new ArrayList<>();
    List<String> results = new ArrayList<>();
    for (Value value : values) {
      String name = "%arg" + parameters.size();
      results.add("%0#" + parameters.size());
      parameters.add("%s: %s".formatted(name, value.shape()));
      operands.add(name);
    }
    String types = types(values);
    return """
    (%s) -> (%s) {
      %%0:%d = stablehlo.optimization_barrier %s : %s
      return %s : %s
    }\
    """
        .formatted(
            String.join(", ", parameters),
            types,
            values.size(),
            String.join(", ", operands),
            types,
            String.join(", ", results),
            types);
  }

  private void repeat(Step.Repeat repeat) {
    List<Value> parameters = values(repeat.parameters());
    List<Value> initial = values(repeat.initial());
    String index = repeat.count() > Integer.MAX_VALUE ? "tensor<i64>" : "tensor<i32>";
    String types = initial.isEmpty() ? index : index + ", " + types(initial);
    String zero = fresh("zero");
    line("%s = stablehlo.constant dense<0> : %s".formatted(zero, index));
    String round = fresh("round");
    List<String> bindings = new ArrayList<>(List.of("%s = %s".formatted(round, zero)));
    for (int i = 0; i < parameters.size(); i++) {
      String outside = name(initial.get(i));
      bindings.add("%s = %s".formatted(define(parameters.get(i)), outside));
    }
    String loop = fresh("loop");
    line(
        "%s = stablehlo.while(%s) : %s"
            .formatted(
                parameters.isEmpty() ? loop : "%s:%d".formatted(loop, parameters.size() + 1),
                String.join(", ", bindings),
                types));
    condition(repeat.count(), round, index);
    depth++;
    repeat.body().forEach(this::step);
    String one = fresh("one");
    String nextRound = fresh("round");
    line("%s = stablehlo.constant dense<1> : %s".formatted(one, index));
    line("%s = stablehlo.add %s, %s : %s".formatted(nextRound, round, one, index));
    List<Value> yields = values(repeat.yields());
    line(
        "stablehlo.return %s : %s"
            .formatted(yields.isEmpty() ? nextRound : nextRound + ", " + operands(yields), types));
    depth--;
    line("}");
    List<Value> results = values(repeat.results());
    for (int i = 0; i < results.size(); i++) {
      names.put(results.get(i), "%s#%d".formatted(loop, i + 1));
    }
  }

  private void condition(long count, String round, String index) {
    String limit = fresh("rounds");
    String goesOn = fresh("goes_on");
    line("cond {");
    depth++;
    line("%s = stablehlo.constant dense<%d> : %s".formatted(limit, count, index));
    line(
        "%s = stablehlo.compare LT, %s, %s : (%s, %s) -> tensor<i1>"
            .formatted(goesOn, round, limit, index, index));
    line("stablehlo.return %s : tensor<i1>".formatted(goesOn));
    depth--;
    line("} do {");
  }

  private static List<Value> values(List<Item> items) {
    return items.stream().map(item -> (Value) item).toList();
  }

  private String define(Value value) {
    String name = fresh(value.name());
    names.put(value, name);
    return name;
  }

  private String name(Value value) {
    String name = names.get(value);
    if (name == null) {
      throw new IllegalStateException(value + " is read before it is defined");
    }
    return name;
  }

  private String fresh(String wanted) {
    String base = "%" + plain(wanted);
    String name = base;
    for (int i = 1; !taken.add(name); i++) {
      name = base + "_" + i;
    }
    return name;
  }

  /** Names of values in MLIR have fewer characters than those in Java. */
  private static String plain(String name) {
    String plain = name.replaceAll("[^A-Za-z0-9_$]", "_");
    return Character.isDigit(plain.charAt(0)) ? "_" + plain : plain;
  }

  private String operands(List<Value> values) {
    return values.stream().map(this::name).collect(Collectors.joining(", "));
  }

  private static String types(List<Value> values) {
    return values.stream().map(value -> value.shape().toString()).collect(Collectors.joining(", "));
  }

  private String operandsAndTypes(List<Value> values) {
    return values.isEmpty() ? "" : " %s : %s".formatted(operands(values), types(values));
  }

  private void line(String text) {
    body.append(INDENT.repeat(depth)).append(text).append('\n');
  }
}
