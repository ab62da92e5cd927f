package org.hlo4j.processor.model;

import com.google.auto.common.AnnotationMirrors;
import com.google.auto.common.MoreElements;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;
import org.hlo4j.annotation.TensorType;
import org.hlo4j.internal.text.NameSuggestion;
import org.hlo4j.processor.message.Message;
import org.hlo4j.processor.message.Place;
import org.hlo4j.processor.message.Report;
import org.hlo4j.type.Element;
import org.hlo4j.type.ElementType;
import org.hlo4j.type.Shape;

/** Reads types with {@code @TensorType}. */
public record TensorTypes(Elements elements, Types types) {
  /** The last part of a tensor type, after the dimensions. */
  private static final Pattern ELEMENT =
      Pattern.compile("[x<]\\s*([a-wyzA-WYZ][A-Za-z0-9]*)\\s*>$");

  /** Returns the shape that a type declares; empty if there is none, or it is invalid. */
  Optional<Shape> shapeOf(TypeElement type) {
    return annotationOn(type).flatMap(annotation -> shapeOf(type, annotation, new Report()));
  }

  /** Checks a type with {@code @TensorType}. */
  public void check(TypeElement type, Report report) {
    annotationOn(type)
        .flatMap(annotation -> shapeOf(type, annotation, report))
        .ifPresent(shape -> checkMarker(type, shape, report));
  }

  private static Optional<AnnotationMirror> annotationOn(TypeElement type) {
    return MoreElements.getAnnotationMirror(type, TensorType.class).toJavaUtil();
  }

  private static Optional<Shape> shapeOf(
      TypeElement type, AnnotationMirror annotation, Report report) {
    if (annotation.getElementValues().isEmpty()) {
      return Optional.empty(); // javac says that the value is missing
    }
    AnnotationValue value = AnnotationMirrors.getAnnotationValue(annotation, "value");
    String text = String.valueOf(value.getValue());
    try {
      return Optional.of(Shape.parse(text));
    } catch (IllegalArgumentException e) {
      String problem = String.valueOf(e.getMessage());
      return report.refuse(
          Message.BAD_TENSOR_TYPE.at(
              new Place(type, annotation, value), problem, elementHint(text)));
    }
  }

  /** Returns a suggestion for an unknown element type. */
  private static String elementHint(String text) {
    Matcher element = ELEMENT.matcher(text);
    List<String> names = Arrays.stream(ElementType.values()).map(ElementType::toString).toList();
    return element.find() && !names.contains(element.group(1))
        ? NameSuggestion.didYouMean(element.group(1), names)
        : "";
  }

  private void checkMarker(TypeElement type, Shape shape, Report report) {
    if (type.getKind() != ElementKind.INTERFACE) {
      report.add(Message.TENSOR_TYPE_NOT_AN_INTERFACE.at(Place.of(type), type.getSimpleName()));
      return;
    }
    String wanted = shape.elementType().marker().getSimpleName();
    List<String> extended =
        Arrays.stream(ElementType.values())
            .map(ElementType::marker)
            .filter(marker -> extendsMarker(type, marker))
            .map(Class::getSimpleName)
            .toList();
    if (!extended.equals(List.of(wanted))) {
      String found = extended.isEmpty() ? "no marker" : String.join(" and ", extended);
      report.add(
          Message.WRONG_MARKER.at(
              Place.of(type), type.getSimpleName(), shape, wanted, "it extends " + found));
    }
  }

  private boolean extendsMarker(TypeElement type, Class<? extends Element> marker) {
    TypeElement element = elements.getTypeElement(marker.getCanonicalName());
    return element != null && types.isSubtype(type.asType(), element.asType());
  }
}
