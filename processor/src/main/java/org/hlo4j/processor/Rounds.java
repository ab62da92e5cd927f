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
 * Leads a step through the rounds of a compilation: types that are not ready wait for the next one.
 *
 * <p>Auto's {@code BasicAnnotationProcessor} would wait for everything that a type mentions. That
 * keeps an interface from being processed which mentions, in a static method, what is generated
 * from it.
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

  /** Returns whether something waits for types that are yet to be generated. */
  boolean isWaiting() {
    return !waiting.isEmpty();
  }

  /** Processes what is new in a round, and what has waited for it. */
  void process(RoundEnvironment round) {
    Set<Element> found = new LinkedHashSet<>();
    // By name: the elements of the round before are of no use any more.
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
