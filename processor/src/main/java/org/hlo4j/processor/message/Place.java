package org.hlo4j.processor.message;

import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import org.jspecify.annotations.Nullable;

/**
 * Where in the user's source a problem is shown. It carries javac's elements through the checks,
 * which do not look inside.
 *
 * @param element the declaration; null if the whole build is meant
 * @param annotation the annotation on it that is meant, if one is
 * @param value the value in that annotation that is meant, if one is
 */
public record Place(
    @Nullable Element element,
    @Nullable AnnotationMirror annotation,
    @Nullable AnnotationValue value) {

  public static Place of(Element element) {
    return new Place(element, null, null);
  }

  /** Nowhere in particular: the build. */
  public static Place ofBuild() {
    return new Place(null, null, null);
  }
}
