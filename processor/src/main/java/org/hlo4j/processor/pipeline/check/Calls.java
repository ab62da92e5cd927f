package org.hlo4j.processor.pipeline.check;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hlo4j.internal.text.Closest;
import org.hlo4j.processor.message.Message;
import org.hlo4j.processor.pipeline.graph.Future;
import org.hlo4j.processor.pipeline.graph.Step;
import org.hlo4j.processor.pipeline.graph.Value;
import org.hlo4j.processor.pipeline.syntax.Name;
import org.hlo4j.processor.pipeline.syntax.Statement;

/** Calls of kernels, their starts and their ends. */
final class Calls {
  private final PipelineChecker checker;
  private final Scope scope;
  private final Resolver resolver;
  private final Arguments arguments;
  private final Results results;
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
    this.arguments = new Arguments(scope, resolver);
    this.results = new Results(checker);
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

  void call(Statement.Call call) {
    KernelSignature kernel = kernel(call.kernel());
    Traffic traffic = arguments.traffic(call, kernel);
    if (call.starts()) {
      start(call, kernel, traffic);
      return;
    }
    List<Value> outputs = Results.outputs(kernel, call.targets(), traffic.writes());
    checker.add(
        new Step.Run(kernel.callee(), traffic.inputs(), outputs, checker.line(call.span())));
    List<Value> known = Results.known(kernel, traffic.inputs(), outputs);
    results.deliver(call.span(), kernel, call.targets(), traffic.writes(), known);
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

  private void start(Statement.Call call, KernelSignature kernel, Traffic traffic) {
    if (call.targets().size() != 1) {
      throw new Refusal(
          Message.START_TARGET,
          call.span(),
          kernel.name(),
          Count.are(call.targets().size(), "name"));
    }
    Name target = call.targets().get(0);
    Results.checkArrow(call.span(), kernel, call.writes().size());
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

  /** Says no more of a future that was refused. */
  private void giveUp(Name name, Flight flight) {
    scope.land(flight);
    scope.put(name.text(), new Binding.Broken());
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
      giveUp(name, flight);
      throw new Refusal(Message.FUTURE_NOT_CARRIED, name.span(), name, flight.line());
    }
    int line = checker.line(done.span());
    scope.land(flight);
    scope.put(name.text(), new Binding.Ended(line));
    List<Value> outputs = Results.outputs(flight.signature(), done.targets(), flight.writes());
    checker.add(new Step.Done(flight.future(), outputs, line));
    List<Value> known =
        flight.isCarried() ? outputs : Results.known(flight.signature(), flight.inputs(), outputs);
    results.deliver(done.span(), flight.signature(), done.targets(), flight.writes(), known);
  }
}
