package org.hlo4j.processor.pipeline.check;

import org.hlo4j.internal.mlir.text.Span;
import org.hlo4j.processor.message.Message;
import org.hlo4j.processor.pipeline.graph.Future;
import org.hlo4j.processor.pipeline.graph.Renaming;

/**
 * A call between its start and its end: until it is done, its inputs may not be written, and its
 * outputs not accessed.
 *
 * @param loopDepth the number of loops around its start
 * @param isCarried whether a loop carries it, so that it represents calls of several rounds
 * @param span the position of its start
 * @param line the line of its start
 */
record InFlightCall(
    Future future,
    KernelSignature signature,
    int loopDepth,
    CallEffects effects,
    boolean isCarried,
    Span span,
    int line) {
  /** Returns the rejection of a call that is never done. */
  Refusal neverDone(String name) {
    return new Refusal(Message.NEVER_DONE, span, name, signature.name());
  }

  /** Returns the call as carried by a loop: what is true in each round. */
  InFlightCall carried(Future other, int otherDepth, Renaming values) {
    return new InFlightCall(other, signature, otherDepth, effects.of(values), true, span, line);
  }

  /** Returns the call at another point, with renamed values. */
  InFlightCall seen(Future other, int otherDepth, Renaming values) {
    return new InFlightCall(
        other, signature, otherDepth, effects.of(values), isCarried, span, line);
  }
}
