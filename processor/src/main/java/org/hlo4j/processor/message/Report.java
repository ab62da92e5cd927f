package org.hlo4j.processor.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects the problems of one interface, in the order of detection. */
public final class Report {
  private final List<Problem> problems = new ArrayList<>();

  public void add(Problem problem) {
    problems.add(problem);
  }

  /** Adds a problem, and returns no value. */
  public <T> Optional<T> refuse(Problem problem) {
    add(problem);
    return Optional.empty();
  }

  public List<Problem> problems() {
    return List.copyOf(problems);
  }

  public boolean hasErrors() {
    return problems.stream()
        .anyMatch(problem -> problem.message().severity() == Message.Severity.ERROR);
  }
}
