package org.hlo4j.processor.pipeline.check;

import org.hlo4j.internal.mlir.text.SourceText;
import org.hlo4j.internal.mlir.text.Span;
import org.hlo4j.processor.message.Message;
import org.hlo4j.processor.message.Problem;
import org.hlo4j.processor.model.KernelMethod;

/** A rejected statement, with the problem. */
final class Refusal extends Rejection {
  private static final long serialVersionUID = 1;

  private final transient Message problem;
  private final transient Span span;
  private final transient Object[] things;

  Refusal(Message problem, Span span, Object... things) {
    super(problem.id());
    this.problem = problem;
    this.span = span;
    this.things = things;
  }

  /** Returns the problem with a pipeline. */
  Problem of(KernelMethod method, SourceText source) {
    return problem.within(
        method.programPlace(), "The pipeline of " + method.name(), source, span.start(), things);
  }
}
