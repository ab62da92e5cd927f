package org.hlo4j.processor;

import javax.annotation.processing.Messager;
import javax.tools.Diagnostic.Kind;
import org.hlo4j.processor.message.Place;
import org.hlo4j.processor.message.Problem;
import org.hlo4j.processor.message.Report;

/** Prints the processor's problems; the only class that prints. */
record ProblemPrinter(Messager messager) {
  void print(Report report) {
    report.problems().forEach(this::print);
  }

  private void print(Problem problem) {
    Place place = problem.place();
    Kind kind =
        switch (problem.message().severity()) {
          case ERROR -> Kind.ERROR;
          case WARNING -> Kind.WARNING;
          case NOTE -> Kind.NOTE;
        };
    if (place.element() == null) {
      messager.printMessage(kind, problem.text());
    } else if (place.annotation() == null) {
      messager.printMessage(kind, problem.text(), place.element());
    } else if (place.value() == null) {
      messager.printMessage(kind, problem.text(), place.element(), place.annotation());
    } else {
      messager.printMessage(
          kind, problem.text(), place.element(), place.annotation(), place.value());
    }
  }
}
