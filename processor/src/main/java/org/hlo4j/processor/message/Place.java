package org.hlo4j.processor.message;

import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import org.jspecify.annotations.Nullable;

/**
 * The source position of a problem. Carries javac's elements through the checks, which do not
 * inspect them.
 *
 * @param element the declaration; null for the whole build
 * @param annotation the annotation on it, if any
 * @param value the value in that annotation, if any
 */
public record Place(
    @Nullable Element element,
    @Nullable AnnotationMirror annotation,
    @Nullable AnnotationValue value) {

  public static Place of(Element element) {
    return new Place(element, null, null);
  }

  /** Returns the position of a problem with the whole build. */
  public static Place ofBuild() {
    return new Place(null, null, null);
  }
}
