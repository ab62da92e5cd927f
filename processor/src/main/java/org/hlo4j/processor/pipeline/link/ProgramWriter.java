package org.hlo4j.processor.pipeline.link;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.hlo4j.internal.mlir.analysis.DeviceCounts;
import org.hlo4j.processor.pipeline.graph.Callee;
import org.hlo4j.processor.pipeline.graph.Fences;
import org.hlo4j.processor.pipeline.graph.Flow;
import org.hlo4j.processor.pipeline.graph.FlowValue;
import org.hlo4j.processor.pipeline.graph.Future;
import org.hlo4j.processor.pipeline.graph.Item;
import org.hlo4j.processor.pipeline.graph.Step;
import org.hlo4j.processor.plan.DonationText;

/**
 * Writes a pipeline as a StableHLO module. A kernel call becomes a function call; a started call
 * becomes an {@code async_start} and an {@code async_done} if it can be split, and otherwise a call
 * at its start.
 */
public final class ProgramWriter {
  private static final String INDENT = "  ";

  /** Prevents inlining of a call, so that XLA keeps its position in the schedule. */
  private static final String NOT_IN_LINE = "{mhlo.frontend_attributes = {inlineable = \"false\"}}";

  private final Linker linker = new Linker();
  private final Fences fences;
  private final FunctionBody body = new FunctionBody();
  private final SplitCalls splitCalls = new SplitCalls(body, linker);

  /** The results of started calls that could not be split. */
  private final Map<Future, List<String>> early = new HashMap<>();

  private final Map<String, String> fenceFunctions = new HashMap<>();

  /** Creates a writer of one program. */
  public ProgramWriter(Fences fences) {
    this.fences = fences;
  }

  /**
   * Returns the module.
   *
   * @param name the pipeline's name
   * @param aliasedOutputs for each input the output that replaces it, or -1
   */
  public String write(Flow flow, String name, DeviceCounts counts, List<Integer> aliasedOutputs) {
    Shardings shardings = Shardings.of(flow, linker);
    List<String> arguments = new ArrayList<>();
    for (int i = 0; i < flow.inputs().size(); i++) {
      FlowValue input = flow.inputs().get(i);
      List<String> attributes = new ArrayList<>();
      shardings.ofInput(input).ifPresent(attributes::add);
      if (aliasedOutputs.get(i) >= 0) {
        attributes.add(DonationText.attribute(aliasedOutputs.get(i)));
      }
      arguments.add(
          "%s: %s%s".formatted(body.define(input), input.shape(), dictionary(attributes)));
    }
    flow.steps().forEach(this::step);
    body.line("return%s".formatted(body.operandsAndTypes(flow.outputs())));
    String results =
        flow.outputs().stream()
            .map(
                output -> output.shape() + dictionary(shardings.ofOutput(output).stream().toList()))
            .collect(Collectors.joining(", "));
    StringBuilder text = new StringBuilder();
    linker.aliases().forEach(line -> text.append(line).append('\n'));
    text.append(
        "module @%s attributes {mhlo.num_partitions = %s : i32, mhlo.num_replicas = %s : i32} {\n"
            .formatted(FunctionBody.plain(name), counts.partitions(), counts.replicas()));
    linker.symbols().forEach(operation -> text.append(operation.indent(INDENT.length())));
    text.append(
        INDENT
            + "func.func public @main(%s) -> (%s) {\n"
                .formatted(String.join(", ", arguments), results));
    text.append(body.text()).append(INDENT).append("}\n");
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

  private void call(Callee callee, List<FlowValue> inputs, List<FlowValue> outputs) {
    List<String> results = body.results(outputs);
    String operands = body.operands(inputs);
    String types =
        "(%s) -> (%s)".formatted(FunctionBody.types(inputs), FunctionBody.types(outputs));
    body.line(
        "%sfunc.call %s(%s) : %s"
            .formatted(assignment(results), linker.symbol(callee), operands, types));
    body.name(outputs, results);
  }

  private static String assignment(List<String> results) {
    return switch (results.size()) {
      case 0 -> "";
      case 1 -> results.get(0) + " = ";
      default -> {
        String first = results.get(0);
        yield "%s:%s = ".formatted(first.substring(0, first.indexOf('#')), results.size());
      }
    };
  }

  private void start(Step.Start start) {
    Callee callee = start.future().callee();
    if (callee.split().isPresent()) {
      splitCalls.start(start);
      return;
    }
    List<FlowValue> outputs =
        callee.outputs().stream()
            .map(output -> new FlowValue(start.future().name(), output.shape()))
            .toList();
    call(callee, start.inputs(), outputs);
    early.put(start.future(), outputs.stream().map(body::name).toList());
  }

  private void done(Step.Done done) {
    List<String> there = early.get(done.future());
    if (there == null) {
      splitCalls.done(done);
    } else {
      body.name(done.outputs(), there);
    }
  }

  private void fence(Step.Fence fence) {
    List<String> results = body.results(fence.outputs());
    String assigned = assignment(results);
    String operands = body.operands(fence.inputs());
    String types = FunctionBody.types(fence.inputs());
    if (fences == Fences.CALLS && fence.isKept()) {
      String symbol =
          fenceFunctions.computeIfAbsent(
              types, unused -> linker.add("hlo4j_fence", fenceFunction(fence.inputs())));
      body.line(
          "%sfunc.call %s(%s) %s : (%s) -> (%s)"
              .formatted(assigned, symbol, operands, NOT_IN_LINE, types, types));
    } else {
      body.line("%sstablehlo.optimization_barrier %s : %s".formatted(assigned, operands, types));
    }
    body.name(fence.outputs(), results);
  }

  private static String fenceFunction(List<FlowValue> values) {
    List<String> parameters = new ArrayList<>();
    List<String> operands = new ArrayList<>();
    List<String> results = new ArrayList<>();
    for (FlowValue value : values) {
      String name = "%arg" + parameters.size();
      results.add("%0#" + parameters.size());
      parameters.add("%s: %s".formatted(name, value.shape()));
      operands.add(name);
    }
    String types = FunctionBody.types(values);
    return String.format(
        Locale.ROOT,
        """
    (%s) -> (%s) {
      %%0:%d = stablehlo.optimization_barrier %s : %s
      return %s : %s
    }\
    """,
        String.join(", ", parameters),
        types,
        values.size(),
        String.join(", ", operands),
        types,
        String.join(", ", results),
        types);
  }

  private void repeat(Step.Repeat repeat) {
    List<FlowValue> parameters = values(repeat.parameters());
    List<FlowValue> initial = values(repeat.initial());
    String index = repeat.count() > Integer.MAX_VALUE ? "tensor<i64>" : "tensor<i32>";
    String types = initial.isEmpty() ? index : index + ", " + FunctionBody.types(initial);
    String zero = body.fresh("zero");
    body.line("%s = stablehlo.constant dense<0> : %s".formatted(zero, index));
    String round = body.fresh("round");
    List<String> bindings = new ArrayList<>(List.of("%s = %s".formatted(round, zero)));
    for (int i = 0; i < parameters.size(); i++) {
      String outside = body.name(initial.get(i));
      bindings.add("%s = %s".formatted(body.define(parameters.get(i)), outside));
    }
    String loop = body.fresh("loop");
    body.line(
        "%s = stablehlo.while(%s) : %s"
            .formatted(
                parameters.isEmpty() ? loop : "%s:%s".formatted(loop, parameters.size() + 1),
                String.join(", ", bindings),
                types));
    condition(repeat.count(), round, index);
    body.beginBlock();
    repeat.body().forEach(this::step);
    String one = body.fresh("one");
    String nextRound = body.fresh("round");
    body.line("%s = stablehlo.constant dense<1> : %s".formatted(one, index));
    body.line("%s = stablehlo.add %s, %s : %s".formatted(nextRound, round, one, index));
    List<FlowValue> yields = values(repeat.yields());
    body.line(
        "stablehlo.return %s : %s"
            .formatted(
                yields.isEmpty() ? nextRound : nextRound + ", " + body.operands(yields), types));
    body.endBlock();
    body.line("}");
    List<FlowValue> results = values(repeat.results());
    for (int i = 0; i < results.size(); i++) {
      body.name(results.get(i), "%s#%s".formatted(loop, i + 1));
    }
  }

  private void condition(long count, String round, String index) {
    String limit = body.fresh("rounds");
    String goesOn = body.fresh("goes_on");
    body.line("cond {");
    body.beginBlock();
    body.line("%s = stablehlo.constant dense<%s> : %s".formatted(limit, count, index));
    body.line(
        "%s = stablehlo.compare LT, %s, %s : (%s, %s) -> tensor<i1>"
            .formatted(goesOn, round, limit, index, index));
    body.line("stablehlo.return %s : tensor<i1>".formatted(goesOn));
    body.endBlock();
    body.line("} do {");
  }

  private static List<FlowValue> values(List<Item> items) {
    return items.stream().map(item -> (FlowValue) item).toList();
  }
}
