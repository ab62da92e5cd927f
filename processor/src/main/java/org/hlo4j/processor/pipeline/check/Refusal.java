package org.hlo4j.processor.pipeline.check;

import org.hlo4j.internal.mlir.text.Span;
import org.hlo4j.processor.message.Message;

/** A statement that breaks a rule. */
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

  /** Returns the rule that is broken. */
  Message problem() {
    return problem;
  }

  /** Returns the place in the pipeline's text. */
  Span span() {
    return span;
  }

  /** Returns the arguments of the message. */
  Object[] things() {
    return things;
  }
}
