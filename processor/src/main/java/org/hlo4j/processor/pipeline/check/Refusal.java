package org.hlo4j.processor.pipeline.check;

import org.hlo4j.internal.mlir.text.Span;
import org.hlo4j.processor.message.Message;

/** A statement that must not stand so. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Message problem;
  private final transient Span span;
  private final transient Object[] things;

  Refusal(Message problem, Span span, Object... things) {
    super(problem.id(), null, false, false);
    this.problem = problem;
    this.span = span;
    this.things = things;
  }

  Message problem() {
    return problem;
  }

  /** Where in the pipeline's text. */
  Span span() {
    return span;
  }

  /** What the message is about. */
  Object[] things() {
    return things;
  }
}
