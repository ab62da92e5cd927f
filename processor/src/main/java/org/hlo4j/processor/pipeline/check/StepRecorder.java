package org.hlo4j.processor.pipeline.check;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.hlo4j.internal.mlir.text.SourceText;
import org.hlo4j.internal.mlir.text.Span;
import org.hlo4j.processor.pipeline.graph.Step;

/** Records the steps of statements, in nested bodies. Not thread-safe. */
final class StepRecorder {
  private final SourceText source;
  private final Deque<List<Step>> bodies = new ArrayDeque<>();

  /** Creates a recorder with one open body. */
  StepRecorder(SourceText source) {
    this.source = source;
    open();
  }

  /** Opens a body for the following steps. */
  void open() {
    bodies.push(new ArrayList<>());
  }

  /** Closes the innermost body, and returns its steps. */
  List<Step> close() {
    return bodies.pop();
  }

  void add(Step step) {
    steps().add(step);
  }

  /** Returns the number of steps in the open body. */
  int size() {
    return steps().size();
  }

  /** Returns a copy of the steps of the open body from an index on. */
  List<Step> since(int index) {
    return List.copyOf(steps().subList(index, steps().size()));
  }

  private List<Step> steps() {
    return bodies.element();
  }

  /** Returns the line of a position in the pipeline's text. */
  int line(Span span) {
    return source.line(span.start());
  }
}
