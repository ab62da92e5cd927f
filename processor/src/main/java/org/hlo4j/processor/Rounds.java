package org.hlo4j.processor;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;

/**
 * Runs a step in each round of a compilation, deferring types that are not ready.
 *
 * <p>Auto's {@code BasicAnnotationProcessor} would wait for all referenced types. That would block
 * an interface with a static method that uses types generated from it.
 */
final class Rounds {
  private final ProcessingStep step;
  private final Elements elements;
  private final Set<String> waiting = new LinkedHashSet<>();

  Rounds(ProcessingStep step, Elements elements) {
    this.step = step;
    this.elements = elements;
  }

  Set<String> annotations() {
    return step.annotations();
  }

  /** Returns whether types are deferred until other types are generated. */
  boolean isWaiting() {
    return !waiting.isEmpty();
  }

  /** Processes a round's new elements, and deferred ones. */
  void process(RoundEnvironment round) {
    Set<Element> found = new LinkedHashSet<>();
    // By name: elements of previous rounds are stale.
    for (String name : waiting) {
      TypeElement type = elements.getTypeElement(name);
      if (type != null) {
        found.add(type);
      }
    }
    waiting.clear();
    for (String name : step.annotations()) {
      TypeElement annotation = elements.getTypeElement(name);
      if (annotation != null) {
        found.addAll(round.getElementsAnnotatedWith(annotation));
      }
    }
    List<Element> ready = new ArrayList<>();
    for (Element element : found) {
      if (element instanceof TypeElement type && !step.isReady(type)) {
        waiting.add(type.getQualifiedName().toString());
      } else {
        ready.add(element);
      }
    }
    if (!ready.isEmpty()) {
      step.process(ready);
    }
  }
}
