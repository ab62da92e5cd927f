package org.hlo4j.processor;

import java.util.List;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;

/** A step of the processor, for the elements with certain annotations. */
interface ProcessingStep {
  Set<String> annotations();

  /** Returns whether a type can be processed; it may refer to types yet to be generated. */
  default boolean isReady(TypeElement type) {
    return true;
  }

  /** Processes elements; the types among them are ready. */
  void process(List<Element> elements);
}
