package org.hlo4j.processor.pipeline.check;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.hlo4j.internal.mlir.EntryPoint;
import org.hlo4j.internal.mlir.Span;
import org.hlo4j.processor.message.Closest;
import org.hlo4j.processor.message.Message;
import org.hlo4j.processor.model.Parameter;
import org.hlo4j.processor.model.Structure;
import org.hlo4j.processor.model.Structure.Leaf;
import org.hlo4j.processor.pipeline.graph.Future;
import org.hlo4j.processor.pipeline.graph.Step;
import org.hlo4j.processor.pipeline.graph.Value;
import org.hlo4j.processor.pipeline.syntax.Name;
import org.hlo4j.processor.pipeline.syntax.Operand;
import org.hlo4j.processor.pipeline.syntax.Statement;
import org.jspecify.annotations.Nullable;

/** Calls of kernels, their starts and their ends. */
final class Calls {
  private final PipelineChecker checker;
  private final Scope scope;
  private final Resolver resolver;
  private final Map<String, KernelSignature> kernels;
  private final Map<String, String> uncallable;
  private final Set<String> wrong;

  /** In how many loops the next statement is. */
  private int level;

  Calls(
      PipelineChecker checker,
      Scope scope,
      Resolver resolver,
      Map<String, KernelSignature> kernels,
      Map<String, String> uncallable,
      Set<String> wrong) {
    this.checker = checker;
    this.scope = scope;
    this.resolver = resolver;
    this.kernels = kernels;
    this.uncallable = uncallable;
    this.wrong = wrong;
  }

  int level() {
    return level;
  }

  void enterLoop() {
    level++;
  }

  void leaveLoop() {
    level--;
  }

  /**
   * What a call reads and writes.
   *
   * @param inputs the tensors that the kernel takes, in order
   * @param givenAway those whose memory it takes
   * @param reads the variables among them
   * @param writes the variables that get results: by an arrow, or as the kernel's own
   */
  private record Traffic(
      List<Value> inputs, List<Value> givenAway, List<Cell> reads, List<Cell> writes) {}

  void call(Statement.Call call) {
    KernelSignature kernel = kernel(call.kernel());
    Traffic traffic = traffic(call, kernel);
    if (call.starts()) {
      start(call, kernel, traffic);
      return;
    }
    List<Value> outputs = outputs(kernel, call.targets(), traffic.writes());
    checker.add(
        new Step.Run(kernel.callee(), traffic.inputs(), outputs, checker.line(call.span())));
    List<Value> known = known(kernel, traffic.inputs(), outputs);
    deliver(call.span(), kernel, call.targets(), traffic.writes(), known);
  }

  private KernelSignature kernel(Name name) {
    KernelSignature kernel = kernels.get(name.text());
    if (kernel != null) {
      return kernel;
    }
    String why = uncallable.get(name.text());
    if (why != null) {
      throw new Refusal(Message.CANNOT_LINK, name.span(), name, why);
    }
    if (wrong.contains(name.text())) {
      throw new SilentRefusal();
    }
    throw new Refusal(
        Message.NO_SUCH_KERNEL,
        name.span(),
        name,
        Closest.didYouMean(name.text(), kernels.keySet()));
  }

  private Traffic traffic(Statement.Call call, KernelSignature kernel) {
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
    List<Value> givenAway = new ArrayList<>();
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
        givenAway.addAll(tensors.values());
      }
    }
    call.writes().forEach(operand -> writes.add(resolver.cell(operand)));
    checkWrites(call, kernel, givenAway, reads, writes);
    return new Traffic(inputs, givenAway, reads, writes);
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
        ? PipelineChecker.typeOf(leaf)
        : KernelSignature.typeOf(structure);
  }

  private void checkWrites(
      Statement.Call call,
      KernelSignature kernel,
      List<Value> givenAway,
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
    for (Value value : givenAway) {
      Flight other = scope.inFlight(flight -> flight.inputs().contains(value));
      if (other != null) {
        throw writtenInFlight(call.span(), value.name(), other);
      }
    }
  }

  private static Refusal writtenInFlight(Span span, String what, Flight other) {
    return new Refusal(
        Message.WRITTEN_IN_FLIGHT, span, what, other.signature().name(), other.line());
  }

  private void start(Statement.Call call, KernelSignature kernel, Traffic traffic) {
    if (call.targets().size() != 1) {
      throw new Refusal(
          Message.START_TARGET,
          call.span(),
          kernel.name(),
          Count.are(call.targets().size(), "name"));
    }
    Name target = call.targets().get(0);
    checkArrow(call.span(), kernel, call.writes().size());
    Future future = new Future(target.text(), kernel.callee());
    int line = checker.line(call.span());
    Flight flight =
        new Flight(
            future,
            kernel,
            level,
            traffic.reads(),
            traffic.writes(),
            traffic.inputs(),
            traffic.givenAway(),
            false,
            call.span(),
            line);
    checker.bind(target, new Binding.Pending(flight));
    scope.takeOff(flight);
    checker.add(new Step.Start(traffic.inputs(), future, line));
  }

  private static void checkArrow(Span span, KernelSignature kernel, int written) {
    if (written > 0 && written != kernel.outputs().size()) {
      throw new Refusal(
          Message.ARROW_COUNT,
          span,
          kernel.name(),
          Count.of(kernel.outputs().size(), "tensor"),
          Count.are(written, "Ref"));
    }
  }

  void done(Statement.Done done) {
    Name name = done.future();
    Flight flight =
        switch (resolver.binding(name)) {
          case Binding.Pending pending -> pending.flight();
          case Binding.Ended ended ->
              throw new Refusal(Message.DONE_TWICE, name.span(), name, ended.line());
          case Binding.Gone gone -> throw new Refusal(gone.why(), name.span(), name, gone.line());
          case Binding.Broken unused -> throw new SilentRefusal();
          default -> throw new Refusal(Message.NOT_A_FUTURE, name.span(), name);
        };
    if (flight.level() != level) {
      throw new Refusal(Message.FUTURE_NOT_CARRIED, name.span(), name, flight.line());
    }
    int line = checker.line(done.span());
    scope.land(flight);
    scope.put(name.text(), new Binding.Ended(line));
    List<Value> outputs = outputs(flight.signature(), done.targets(), flight.writes());
    checker.add(new Step.Done(flight.future(), outputs, line));
    List<Value> known =
        flight.isCarried() ? outputs : known(flight.signature(), flight.inputs(), outputs);
    deliver(done.span(), flight.signature(), done.targets(), flight.writes(), known);
  }

  /** New values for a program's outputs, under the names that they will have. */
  private static List<Value> outputs(
      KernelSignature kernel, List<Name> targets, List<Cell> writes) {
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
  private static List<Value> known(
      KernelSignature kernel, List<Value> inputs, List<Value> outputs) {
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
  private void deliver(
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
            PipelineChecker.typeOf(given),
            arrow.get(i),
            PipelineChecker.typeOf(arrow.get(i).type()));
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
