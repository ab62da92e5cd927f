package org.hlo4j.processor.pipeline.check;

import java.util.List;
import org.hlo4j.processor.message.Message;
import org.hlo4j.processor.pipeline.graph.FlowValue;
import org.hlo4j.processor.pipeline.graph.Future;
import org.hlo4j.processor.pipeline.graph.Step;
import org.hlo4j.processor.pipeline.syntax.Name;
import org.hlo4j.processor.pipeline.syntax.Statement;

/** Checks calls of kernels, their starts and their ends, and records their steps. */
record CallChecker(StepRecorder steps, NameScope scope, Resolver resolver, Callables kernels) {
  void call(Statement.Call call) throws Rejection {
    KernelSignature kernel = kernels.get(call.kernel());
    CallEffects effects = new CallArguments(scope, resolver).effects(call, kernel);
    if (call.starts()) {
      start(call, kernel, effects);
      return;
    }
    List<FlowValue> outputs = CallResults.outputs(kernel, call.targets(), effects.writes());
    steps.add(new Step.Run(kernel.callee(), effects.inputs(), outputs, steps.line(call.span())));
    List<FlowValue> known = CallResults.known(kernel, effects.inputs(), outputs);
    new CallResults(scope).deliver(call.span(), kernel, call.targets(), effects.writes(), known);
  }

  private void start(Statement.Call call, KernelSignature kernel, CallEffects effects)
      throws Refusal {
    if (call.targets().size() != 1) {
      String names = Count.are(call.targets().size(), "name");
      throw new Refusal(Message.START_TARGET, call.span(), kernel.name(), names);
    }
    Name target = call.targets().get(0);
    CallResults.checkArrow(call.span(), kernel, call.writes().size());
    Future future = new Future(target.text(), kernel.callee());
    int line = steps.line(call.span());
    InFlightCall started =
        new InFlightCall(future, kernel, scope.loopDepth(), effects, false, call.span(), line);
    scope.bind(target, new Binding.Pending(started));
    scope.add(started);
    steps.add(new Step.Start(effects.inputs(), future, line));
  }

  /** Removes a future that was rejected. */
  private void giveUp(Name name, InFlightCall call) {
    scope.remove(call);
    scope.put(name.text(), new Binding.Broken());
  }

  void done(Statement.Done done) throws Rejection {
    Name name = done.future();
    InFlightCall call =
        switch (resolver.binding(name)) {
          case Binding.Pending pending -> pending.call();
          case Binding.Ended ended ->
              throw new Refusal(Message.DONE_TWICE, name.span(), name, ended.line());
          case Binding.Gone gone -> throw new Refusal(gone.why(), name.span(), name, gone.line());
          case Binding.Broken unused -> throw new SilentRefusal();
          default -> throw new Refusal(Message.NOT_A_FUTURE, name.span(), name);
        };
    if (call.loopDepth() != scope.loopDepth()) {
      giveUp(name, call);
      throw new Refusal(Message.FUTURE_NOT_CARRIED, name.span(), name, call.line());
    }
    CallEffects effects = call.effects();
    int line = steps.line(done.span());
    scope.remove(call);
    scope.put(name.text(), new Binding.Ended(line));
    List<FlowValue> outputs =
        CallResults.outputs(call.signature(), done.targets(), effects.writes());
    steps.add(new Step.Done(call.future(), outputs, line));
    List<FlowValue> known =
        call.isCarried() ? outputs : CallResults.known(call.signature(), effects.inputs(), outputs);
    new CallResults(scope)
        .deliver(done.span(), call.signature(), done.targets(), effects.writes(), known);
  }
}
