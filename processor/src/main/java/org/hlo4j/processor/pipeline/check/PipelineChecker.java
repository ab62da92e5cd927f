package org.hlo4j.processor.pipeline.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hlo4j.internal.mlir.text.SourceText;
import org.hlo4j.internal.mlir.text.Span;
import org.hlo4j.processor.message.Message;
import org.hlo4j.processor.message.Report;
import org.hlo4j.processor.model.KernelMethod;
import org.hlo4j.processor.model.Parameter;
import org.hlo4j.processor.model.Structure.Leaf;
import org.hlo4j.processor.pipeline.graph.Flow;
import org.hlo4j.processor.pipeline.graph.FlowValue;
import org.hlo4j.processor.pipeline.graph.TooLongException;
import org.hlo4j.processor.pipeline.syntax.Operand;
import org.hlo4j.processor.pipeline.syntax.Statement;

/**
 * Checks a pipeline's statements in execution order, and converts them to steps: names become
 * values, Refs their values at each point. Reports each invalid statement. Single use; not
 * thread-safe.
 */
public final class PipelineChecker {
  private final KernelMethod method;
  private final SourceText source;
  private final RefusalReport refusals;
  private final NameScope scope = new NameScope();
  private final Resolver resolver = new Resolver(scope);
  private final StepRecorder steps;
  private final CallChecker calls;
  private final LoopChecker loops;

  /** The number of checked statements, counting each round. */
  private int checked;

  private PipelineChecker(
      KernelMethod method, SourceText source, Callables kernels, Report report) {
    this.method = method;
    this.source = source;
    this.refusals = new RefusalReport(method, source, report);
    this.steps = new StepRecorder(source);
    this.calls = new CallChecker(steps, scope, resolver, kernels);
    this.loops = new LoopChecker(this::statements, steps, scope);
  }

  /**
   * Checks a pipeline; empty if it has errors, which are reported.
   *
   * @param method its method, whose program is not known yet
   */
  public static Optional<Flow> check(
      KernelMethod method,
      SourceText source,
      List<Statement> statements,
      Callables kernels,
      Report report) {
    return new PipelineChecker(method, source, kernels, report).check(statements);
  }

  private Optional<Flow> check(List<Statement> statements) {
    List<FlowValue> inputs = new ArrayList<>();
    List<RefSlot> refs = bindParameters(inputs);
    boolean returns = !statements.isEmpty() && statements.getLast() instanceof Statement.Return;
    try {
      statements(returns ? statements.subList(0, statements.size() - 1) : statements);
    } catch (Rejection rejection) {
      refusals.add(rejection);
      return Optional.empty();
    }
    List<FlowValue> outputs = new ArrayList<>();
    try {
      outputs.addAll(returned(statements));
    } catch (Rejection rejection) {
      refusals.add(rejection);
    }
    for (String name : List.copyOf(scope.names())) {
      if (scope.get(name) instanceof Binding.Pending pending) {
        refusals.add(pending.call().neverDone(name));
      }
    }
    refs.forEach(slot -> outputs.add(slot.value()));
    return refusals.isEmpty()
        ? defined(new Flow(inputs, steps.close(), outputs))
        : Optional.empty();
  }

  /** Binds the method's parameters, and returns the slots of its Refs. */
  private List<RefSlot> bindParameters(List<FlowValue> inputs) {
    List<RefSlot> refs = new ArrayList<>();
    for (Parameter parameter : method.parameters()) {
      List<Leaf> leaves = parameter.structure().leaves().toList();
      List<FlowValue> values =
          leaves.stream()
              .map(leaf -> new FlowValue(leaf.path().replace('.', '_'), leaf.shape()))
              .toList();
      inputs.addAll(values);
      if (KernelSignature.isRef(parameter.structure())) {
        RefSlot slot = new RefSlot(parameter.name(), leaves.get(0), values.get(0));
        scope.add(slot);
        refs.add(slot);
        scope.put(parameter.name(), new Binding.Ref(List.of(slot)));
      } else {
        scope.put(parameter.name(), new Binding.Tensors(parameter.structure(), values));
      }
    }
    return refs;
  }

  private List<FlowValue> returned(List<Statement> statements) throws Rejection {
    if (!statements.isEmpty() && statements.getLast() instanceof Statement.Return last) {
      return returned(last);
    }
    if (!method.outputs().isEmpty()) {
      Span end = new Span(source.length(), source.length());
      throw new Refusal(
          Message.PIPELINE_RETURNS, end, "0 tensors are", method.outputs().size(), "");
    }
    return List.of();
  }

  /** Returns the values that a pipeline returns, matched to its method's result. */
  private List<FlowValue> returned(Statement.Return statement) throws Rejection {
    List<FlowValue> values = new ArrayList<>();
    List<Leaf> types = new ArrayList<>();
    for (Operand operand : statement.values()) {
      if (scope.get(operand.variable().text()) instanceof Binding.Pending pending) {
        scope.put(operand.variable().text(), new Binding.Broken()); // It is not done either.
        throw new Refusal(
            Message.FUTURE_RETURNED, operand.span(), operand, pending.call().signature().name());
      }
      Binding.Tensors tensors = resolver.read(operand);
      values.addAll(tensors.values());
      types.addAll(tensors.structure().leaves().toList());
    }
    List<Leaf> declared = method.outputs();
    if (types.size() != declared.size()) {
      throw new Refusal(
          Message.PIPELINE_RETURNS,
          statement.span(),
          Count.of(types.size(), "tensor") + (types.size() == 1 ? " is" : " are"),
          declared.size(),
          declared.isEmpty() ? "" : ": " + typesOf(declared));
    }
    for (int i = 0; i < types.size(); i++) {
      if (!types.get(i).tensorType().equals(declared.get(i).tensorType())) {
        String what = declared.get(i).path();
        String place = what.isEmpty() ? "the method's result" : "the result's " + what;
        String type = KernelSignature.shown(types.get(i));
        String wanted = KernelSignature.shown(declared.get(i));
        throw new Refusal(Message.PIPELINE_RETURN_TYPE, statement.span(), i, type, place, wanted);
      }
    }
    return values;
  }

  private static String typesOf(List<Leaf> leaves) {
    return String.join(", ", leaves.stream().map(leaf -> leaf.tensorType().simpleName()).toList());
  }

  private Optional<Flow> defined(Flow flow) {
    try {
      return Optional.of(Definedness.of(flow, scope.undefined()));
    } catch (TooLongException e) {
      int offset = source.offset(e.line(), 1);
      refusals.add(tooLong(new Span(offset, offset)));
      return Optional.empty();
    }
  }

  private static Refusal tooLong(Span span) {
    return new Refusal(Message.PIPELINE_TOO_LONG, span, TooLongException.MOST);
  }

  /** Checks statements; reports an invalid one, and continues with the next. */
  private void statements(List<Statement> statements) throws Rejection {
    for (Statement statement : statements) {
      if (isTooLong()) {
        throw new SilentRefusal();
      }
      try {
        statement(statement);
      } catch (Rejection rejection) {
        refusals.add(rejection);
        for (String name : Mentions.assigned(List.of(statement))) {
          scope.put(name, new Binding.Broken());
        }
      }
    }
  }

  /** Returns whether unrolled rounds exceed the limit: nothing more is reported then. */
  private boolean isTooLong() {
    return checked > TooLongException.MOST;
  }

  private void statement(Statement statement) throws Rejection {
    checked++;
    if (isTooLong()) {
      throw tooLong(statement.span());
    }
    switch (statement) {
      case Statement.Call call -> calls.call(call);
      case Statement.Done done -> calls.done(done);
      case Statement.Assign assign -> assign(assign);
      case Statement.NewRef newRef -> newRef(newRef);
      case Statement.Repeat repeat -> loops.repeat(repeat);
      case Statement.InOrder inOrder -> inOrder(inOrder.body());
      case Statement.Return misplaced ->
          throw new Refusal(Message.RETURN_NOT_LAST, misplaced.span());
    }
  }

  private void assign(Statement.Assign assign) throws Rejection {
    if (assign.targets().size() != assign.values().size()) {
      String given = Count.of(assign.values().size(), "value");
      String names = Count.are(assign.targets().size(), "name");
      throw new Refusal(Message.TARGET_COUNT, assign.span(), "the right side", given, names);
    }
    List<Binding.Tensors> values = new ArrayList<>();
    for (Operand operand : assign.values()) {
      values.add(resolver.read(operand));
    }
    for (int i = 0; i < values.size(); i++) {
      scope.bind(assign.targets().get(i), values.get(i));
    }
  }

  private void newRef(Statement.NewRef newRef) throws Rejection {
    List<RefSlot> made = resolver.slots(newRef);
    scope.bind(newRef.target(), new Binding.Ref(made));
    made.forEach(scope::add);
  }

  private void inOrder(List<Statement> body) throws Rejection {
    for (int i = 0; i < body.size(); i++) {
      int before = steps.size();
      statements(body.subList(i, i + 1));
      if (i + 1 < body.size()) {
        Orders.between(steps.since(before), body.get(i + 1), scope).ifPresent(steps::add);
      }
    }
  }
}
