package org.hlo4j.processor.pipeline.check;

import org.hlo4j.internal.mlir.text.SourceText;
import org.hlo4j.processor.message.Problem;
import org.hlo4j.processor.message.Report;
import org.hlo4j.processor.model.KernelMethod;

/** Reports the rejected statements of one pipeline, without duplicates. Not thread-safe. */
final class RefusalReport {
  private final KernelMethod method;
  private final SourceText source;
  private final Report report;
  private boolean isEmpty = true;

  RefusalReport(KernelMethod method, SourceText source, Report report) {
    this.method = method;
    this.source = source;
    this.report = report;
  }

  /** Returns whether no statement was rejected. */
  boolean isEmpty() {
    return isEmpty;
  }

  /** Adds a failed check; a consequence of another problem is not reported again. */
  void add(Rejection rejection) {
    isEmpty = false;
    switch (rejection) {
      case Refusal refusal -> add(refusal);
      case SilentRefusal unused -> {} // The problem that it follows from was reported.
    }
  }

  private void add(Refusal refusal) {
    Problem problem = refusal.of(method, source);
    // The statements of a loop may be checked more than once.
    if (!report.problems().contains(problem)) {
      report.add(problem);
    }
  }
}
