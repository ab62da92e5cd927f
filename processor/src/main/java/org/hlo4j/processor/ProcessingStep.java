package org.hlo4j.processor;

import java.util.List;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;

/** A part of the processor's work: what it does with the elements that have certain annotations. */
interface ProcessingStep {
  Set<String> annotations();

  /**
   * Returns whether a type can be processed; it may mention others that are yet to be generated.
   */
  default boolean isReady(TypeElement type) {
    return true;
  }

  /** Processes elements, of which those that are types are ready. */
  void process(List<Element> elements);
}
