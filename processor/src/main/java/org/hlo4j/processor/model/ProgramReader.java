package org.hlo4j.processor.model;

import com.google.auto.common.AnnotationMirrors;
import com.google.auto.common.MoreElements;
import java.util.Optional;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.ExecutableElement;
import org.hlo4j.annotation.Kernel;
import org.hlo4j.processor.message.Message;
import org.hlo4j.processor.message.Place;
import org.hlo4j.processor.message.Report;
import org.hlo4j.processor.read.ProgramFinder;

/** Reads the program that {@code @Kernel} gives a method. */
final class ProgramReader {
  private final ProgramFinder finder;
  private final Report report;

  ProgramReader(ProgramFinder finder, Report report) {
    this.finder = finder;
    this.report = report;
  }

  /** Where problems with a method's program are shown. */
  static Place placeOf(ExecutableElement method) {
    AnnotationMirror annotation = annotationOn(method);
    AnnotationValue resource = AnnotationMirrors.getAnnotationValue(annotation, "resource");
    String member = textOf(resource).isEmpty() ? "value" : "resource";
    return new Place(method, annotation, AnnotationMirrors.getAnnotationValue(annotation, member));
  }

  /** The program of a method with {@code @Kernel}; nothing if it has none, which is reported. */
  Optional<KernelProgram> read(ExecutableElement method, String packageName) {
    AnnotationMirror annotation = annotationOn(method);
    String text = textOf(AnnotationMirrors.getAnnotationValue(annotation, "value"));
    String resource = textOf(AnnotationMirrors.getAnnotationValue(annotation, "resource"));
    String signature = textOf(AnnotationMirrors.getAnnotationValue(annotation, "signature"));
    Place place = placeOf(method);
    if (text.isBlank() && resource.isEmpty()) {
      report.add(Message.NO_PROGRAM.at(place, method.getSimpleName()));
      return Optional.empty();
    }
    if (!text.isBlank() && !resource.isEmpty()) {
      report.add(Message.TWO_PROGRAMS.at(place, method.getSimpleName()));
      return Optional.empty();
    }
    if (!resource.isEmpty()) {
      return fromResource(resource, packageName, place);
    }
    if (signature.isBlank()) {
      return Optional.of(new KernelProgram(text, Optional.empty()));
    }
    if (text.contains("@main")) {
      report.add(Message.SIGNATURE_TWICE.at(place));
      return Optional.empty();
    }
    // On one line with the head, so that line numbers stay those of the user's text.
    String whole = "func.func @main%s {%s\n}\n".formatted(signature.strip(), text);
    return Optional.of(new KernelProgram(whole, Optional.empty()));
  }

  private Optional<KernelProgram> fromResource(String name, String packageName, Place place) {
    ProgramFinder.Found found = finder.find(packageName, name);
    String text = found.text();
    if (text == null) {
      report.add(Message.NO_RESOURCE.at(place, name, found.lookedIn()));
      return Optional.empty();
    }
    if (found.isBytecode()) {
      report.add(Message.BYTECODE.at(place, name));
      return Optional.empty();
    }
    return Optional.of(new KernelProgram(text, Optional.of(name)));
  }

  private static AnnotationMirror annotationOn(ExecutableElement method) {
    return MoreElements.getAnnotationMirror(method, Kernel.class).get();
  }

  private static String textOf(AnnotationValue value) {
    return String.valueOf(value.getValue());
  }
}
