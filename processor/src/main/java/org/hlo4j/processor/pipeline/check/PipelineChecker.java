package org.hlo4j.processor.pipeline.check;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hlo4j.internal.mlir.text.SourceText;
import org.hlo4j.internal.mlir.text.Span;
import org.hlo4j.processor.message.Message;
import org.hlo4j.processor.message.Problem;
import org.hlo4j.processor.message.Report;
import org.hlo4j.processor.model.KernelMethod;
import org.hlo4j.processor.model.Parameter;
import org.hlo4j.processor.model.Structure.Leaf;
import org.hlo4j.processor.pipeline.graph.Flow;
import org.hlo4j.processor.pipeline.graph.Length;
import org.hlo4j.processor.pipeline.graph.Step;
import org.hlo4j.processor.pipeline.graph.TooLongException;
import org.hlo4j.processor.pipeline.graph.Value;
import org.hlo4j.processor.pipeline.syntax.Name;
import org.hlo4j.processor.pipeline.syntax.Statement;

/**
 * Goes through a pipeline's statements as they would run, and turns them into steps: names become
 * values, variables become the values that they have at each point. Reports each statement that
 * must not stand so. Used once, by one thread.
 */
public final class PipelineChecker {
  private final KernelMethod method;
  private final SourceText source;
  private final Report report;
  private final Scope scope = new Scope();
  private final Resolver resolver;
  private final Calls calls;
  private final Loops loops;
  private final Slots slots;
  private List<Step> steps = new ArrayList<>();

  /** Values of variables into which nothing was put yet. */
  private final Set<Value> undefined = new LinkedHashSet<>();

  /** Whether each statement was understood; what another's problem hides is not reported again. */
  private boolean isRight = true;

  /** How many statements were gone through, in each round again. */
  private int gone;

  private PipelineChecker(
      KernelMethod method,
      SourceText source,
      Map<String, KernelSignature> kernels,
      Map<String, String> uncallable,
      Set<String> wrong,
      Report report) {
    this.method = method;
    this.source = source;
    this.report = report;
    this.resolver = new Resolver(scope, undefined);
    this.calls = new Calls(this, scope, resolver, kernels, uncallable, wrong);
    this.loops = new Loops(this, scope, calls);
    this.slots = new Slots(resolver, undefined);
  }

  /**
   * Checks a pipeline; nothing if it is wrong, which is reported.
   *
   * @param method its method, whose program is not known yet
   * @param kernels what it may call, by name
   * @param uncallable why it cannot call others, by name
   * @param wrong the names of those that have problems themselves
   */
  public static Optional<Flow> check(
      KernelMethod method,
      SourceText source,
      List<Statement> statements,
      Map<String, KernelSignature> kernels,
      Map<String, String> uncallable,
      Set<String> wrong,
      Report report) {
    Report own = new Report();
    Optional<Flow> flow =
        new PipelineChecker(method, source, kernels, uncallable, wrong, own).check(statements);
    own.problems().forEach(report::add);
    return flow;
  }

  private Optional<Flow> check(List<Statement> statements) {
    List<Value> inputs = new ArrayList<>();
    List<Cell> variables = new ArrayList<>();
    for (Parameter parameter : method.parameters()) {
      List<Leaf> leaves = parameter.structure().leaves().toList();
      List<Value> values =
          leaves.stream().map(leaf -> new Value(inOneWord(leaf.path()), leaf.shape())).toList();
      inputs.addAll(values);
      if (KernelSignature.isRef(parameter.structure())) {
        Cell cell = new Cell(parameter.name(), leaves.get(0), values.get(0));
        scope.add(cell);
        variables.add(cell);
        scope.put(parameter.name(), new Binding.Variable(List.of(cell)));
      } else {
        scope.put(parameter.name(), new Binding.Tensors(parameter.structure(), values));
      }
    }
    List<Value> outputs = new ArrayList<>();
    boolean returns =
        !statements.isEmpty() && statements.get(statements.size() - 1) instanceof Statement.Return;
    List<Statement> before = returns ? statements.subList(0, statements.size() - 1) : statements;
    boolean toTheEnd = attempt(() -> statements(before));
    if (!toTheEnd) {
      return Optional.empty();
    }
    attempt(
        () -> {
          if (returns) {
            Statement.Return last = (Statement.Return) statements.get(statements.size() - 1);
            outputs.addAll(Returns.values(last, method, scope, resolver));
          } else if (!method.outputs().isEmpty()) {
            Span end = new Span(source.length(), source.length());
            throw new Refusal(
                Message.PIPELINE_RETURNS, end, "0 tensors are", method.outputs().size(), "");
          }
        });
    scope.names().stream().toList().forEach(this::checkDone);
    variables.forEach(variable -> outputs.add(variable.value()));
    return isRight ? defined(new Flow(inputs, steps, outputs)) : Optional.empty();
  }

  private Optional<Flow> defined(Flow flow) {
    try {
      return Optional.of(Definedness.of(flow, undefined));
    } catch (TooLongException e) {
      int offset = source.offset(e.line(), 1);
      boolean unused =
          attempt(
              () -> {
                throw tooLong(new Span(offset, offset));
              });
      return Optional.empty();
    }
  }

  private static Refusal tooLong(Span span) {
    return new Refusal(Message.PIPELINE_TOO_LONG, span, Length.MOST);
  }

  /** {@code params_w1} for {@code params.w1}. */
  private static String inOneWord(String path) {
    return path.replace('.', '_');
  }

  private void checkDone(String name) {
    if (scope.get(name) instanceof Binding.Pending pending) {
      attempt(
          () -> {
            throw neverDone(name, pending.flight());
          });
    }
  }

  static Refusal neverDone(String name, Flight flight) {
    return new Refusal(Message.NEVER_DONE, flight.span(), name, flight.signature().name());
  }

  /** Goes through statements; one with a problem does not keep the others from being looked at. */
  void statements(List<Statement> statements) {
    for (Statement statement : statements) {
      if (isTooLong()) {
        throw new SilentRefusal();
      }
      if (!attempt(() -> statement(statement))) {
        for (String name : Mentions.assigned(List.of(statement))) {
          scope.put(name, new Binding.Broken());
        }
      }
    }
  }

  /** Whether something went well; a refusal is reported. */
  private boolean attempt(Runnable what) {
    try {
      what.run();
      return true;
    } catch (Refusal refusal) {
      Problem problem =
          refusal
              .problem()
              .within(
                  method.programPlace(),
                  "The pipeline of " + method.name(),
                  source,
                  refusal.span().start(),
                  refusal.things());
      // The statements of a loop may be gone through more than once.
      if (!report.problems().contains(problem)) {
        report.add(problem);
      }
    } catch (SilentRefusal unused) {
      // What it follows from was reported.
    }
    isRight = false;
    return false;
  }

  /** Whether rounds are written out without end: no more is said then. */
  private boolean isTooLong() {
    return gone > Length.MOST;
  }

  private void statement(Statement statement) {
    gone++;
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

  private void assign(Statement.Assign assign) {
    if (assign.targets().size() != assign.values().size()) {
      throw new Refusal(
          Message.TARGET_COUNT,
          assign.span(),
          "the right side",
          Count.of(assign.values().size(), "value"),
          Count.are(assign.targets().size(), "name"));
    }
    List<Binding.Tensors> values = assign.values().stream().map(resolver::read).toList();
    for (int i = 0; i < values.size(); i++) {
      bind(assign.targets().get(i), values.get(i));
    }
  }

  private void newRef(Statement.NewRef newRef) {
    List<Cell> cells = slots.slots(newRef);
    bind(newRef.target(), new Binding.Variable(cells));
    cells.forEach(scope::add);
  }

  /** Gives a name something to stand for. */
  void bind(Name target, Binding binding) {
    switch (scope.get(target.text())) {
      case Binding.Pending pending ->
          throw new Refusal(
              Message.FUTURE_OVERWRITTEN,
              target.span(),
              target,
              pending.flight().signature().name(),
              pending.flight().line());
      case Binding.Variable unused ->
          throw new Refusal(Message.REF_ASSIGNED, target.span(), target);
      case Binding.Counter unused ->
          throw new Refusal(Message.COUNTER_ASSIGNED, target.span(), target);
      default -> scope.put(target.text(), binding);
    }
  }

  private void inOrder(List<Statement> body) {
    for (int i = 0; i < body.size(); i++) {
      int before = steps.size();
      statements(body.subList(i, i + 1));
      if (i + 1 < body.size()) {
        List<Step> first = List.copyOf(steps.subList(before, steps.size()));
        Orders.between(first, body.get(i + 1), scope, undefined).ifPresent(steps::add);
      }
    }
  }

  /** The line of a place in the text. */
  int line(Span span) {
    return source.line(span.start());
  }

  void add(Step step) {
    steps.add(step);
  }

  /** Goes through something whose steps are to be others' than those around it. */
  List<Step> aside(Runnable what) {
    List<Step> outer = steps;
    steps = new ArrayList<>();
    try {
      what.run();
      return steps;
    } finally {
      steps = outer;
    }
  }

  /** Says that a value stands for nothing yet. */
  void markUndefined(Value value) {
    undefined.add(value);
  }

  boolean isUndefined(Value value) {
    return undefined.contains(value);
  }
}
