package org.hlo4j.processor.model;

import com.google.auto.common.AnnotationMirrors;
import com.google.auto.common.MoreElements;
import java.lang.annotation.Annotation;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.PackageElement;
import org.hlo4j.annotation.Kernel;
import org.hlo4j.annotation.Pipeline;
import org.hlo4j.error.CompilationException;
import org.hlo4j.internal.jax.ExportedFile;
import org.hlo4j.internal.mlir.text.ProgramText;
import org.hlo4j.internal.text.Closest;
import org.hlo4j.processor.message.Message;
import org.hlo4j.processor.message.Place;
import org.hlo4j.processor.message.Report;
import org.hlo4j.processor.read.ProgramFinder;

/** Reads the program that {@code @Kernel} gives a method. */
record ProgramReader(ProgramFinder finder, Report report) {
  /** Where problems with a method's program are shown. */
  static Place placeOf(ExecutableElement method) {
    if (MoreElements.isAnnotationPresent(method, Pipeline.class)) {
      AnnotationMirror annotation = annotationOn(method, Pipeline.class);
      return new Place(
          method, annotation, AnnotationMirrors.getAnnotationValue(annotation, "value"));
    }
    AnnotationMirror annotation = annotationOn(method);
    AnnotationValue resource = AnnotationMirrors.getAnnotationValue(annotation, "resource");
    String member = textOf(resource).isEmpty() ? "value" : "resource";
    return new Place(method, annotation, AnnotationMirrors.getAnnotationValue(annotation, member));
  }

  /**
   * The program of a method with {@code @Kernel}; nothing if it has none, which is reported.
   *
   * @param home where the generated code will be
   */
  Optional<KernelProgram> read(ExecutableElement method, Place place, PackageElement home) {
    AnnotationMirror annotation = annotationOn(method);
    return readText(method, place, home)
        .flatMap(program -> new PlatformReader(report).read(program, method, annotation, place))
        .map(program -> onDevices(program, annotation));
  }

  /** What the annotation says of devices counts, or else what the program's file does. */
  private static KernelProgram onDevices(
      KernelProgram.Standalone program, AnnotationMirror annotation) {
    return program.onDevices(
        new DeclaredDevices(count(annotation, "replicas"), count(annotation, "partitions"))
            .orElse(program.devices()));
  }

  /** A count, if the user has written it. */
  private static OptionalInt count(AnnotationMirror annotation, String member) {
    return annotation.getElementValues().entrySet().stream()
        .filter(entry -> entry.getKey().getSimpleName().contentEquals(member))
        .filter(entry -> entry.getValue().getValue() instanceof Integer)
        .mapToInt(entry -> (Integer) entry.getValue().getValue())
        .findFirst();
  }

  private Optional<KernelProgram.Standalone> readText(
      ExecutableElement method, Place place, PackageElement home) {
    AnnotationMirror annotation = annotationOn(method);
    String text =
        ProgramText.withoutMark(textOf(AnnotationMirrors.getAnnotationValue(annotation, "value")));
    String resource = textOf(AnnotationMirrors.getAnnotationValue(annotation, "resource"));
    String signature = textOf(AnnotationMirrors.getAnnotationValue(annotation, "signature"));
    if (text.isBlank() && resource.isEmpty()) {
      report.add(Message.NO_PROGRAM.at(place, method.getSimpleName()));
      return Optional.empty();
    }
    if (!text.isBlank() && !resource.isEmpty()) {
      report.add(Message.TWO_PROGRAMS.at(place, method.getSimpleName()));
      return Optional.empty();
    }
    if (!resource.isEmpty()) {
      return fromResource(resource, signature, method, place, home);
    }
    if (signature.isBlank()) {
      return Optional.of(KernelProgram.Text.of(text));
    }
    if (text.contains("@main")) {
      report.add(Message.SIGNATURE_TWICE.at(place));
      return Optional.empty();
    }
    return Optional.of(KernelProgram.Body.of(signature, text));
  }

  private Optional<KernelProgram.Standalone> fromResource(
      String name, String signature, ExecutableElement method, Place place, PackageElement home) {
    PackageElement declared = MoreElements.getPackage(method);
    ProgramFinder.Found found = finder.find(method, declared.getQualifiedName().toString(), name);
    boolean isNear = declared.equals(home);
    // Another package's resource may be in another module, which keeps it to itself: it is copied.
    Optional<String> opened =
        isNear && found.isThereAtRunTime() ? Optional.of(name) : Optional.empty();
    if (!found.isFound()) {
      String hint = Closest.didYouMean(name, found.neighbours());
      report.add(
          Message.NO_RESOURCE.at(place, name, hint.isEmpty() ? "." : hint, found.lookedIn()));
      return Optional.empty();
    }
    Optional<String> damage = found.damage();
    if (damage.isPresent()) {
      report.add(Message.DAMAGED_BYTECODE.at(place, name, damage.get()));
      return Optional.empty();
    }
    ProgramOrigin origin =
        ProgramOrigin.of(name, declared.getQualifiedName().toString(), isNear, found.content());
    if (found.isExported() && signature.isBlank()) {
      return fromExported(found, name, opened, origin, method, place);
    }
    if (found.isBytecode() || found.isExported()) {
      if (signature.isBlank()) {
        report.add(Message.BYTECODE.at(place, name));
        return Optional.empty();
      }
      return Optional.of(
          new KernelProgram.Bytecode(
              signature, found.content(), opened, DeclaredDevices.NONE, origin));
    }
    if (!signature.isBlank()) {
      report.add(Message.SIGNATURE_OF_RESOURCE.at(place, name));
      return Optional.empty();
    }
    return textOf(found, method, place)
        .map(
            text ->
                opened.isPresent()
                    ? new KernelProgram.Resource(text, opened.get(), DeclaredDevices.NONE, origin)
                    : new KernelProgram.Text(text, DeclaredDevices.NONE, List.of(origin)));
  }

  /** JAX's file says its signature, but for donations. */
  private Optional<KernelProgram.Standalone> fromExported(
      ProgramFinder.Found found,
      String name,
      Optional<String> opened,
      ProgramOrigin origin,
      ExecutableElement method,
      Place place) {
    try {
      ExportedFile exported = ExportedFile.read(found.content());
      if (exported.donates()) {
        report.add(Message.BYTECODE.at(place, name));
        return Optional.empty();
      }
      DeclaredDevices devices =
          exported.devices() == 1
              ? DeclaredDevices.NONE
              : new DeclaredDevices(OptionalInt.of(1), OptionalInt.of(exported.devices()));
      return Optional.of(
          new KernelProgram.Bytecode(
              exported.signature(), found.content(), opened, devices, origin));
    } catch (CompilationException e) {
      report.add(Message.BAD_PROGRAM.at(place, method.getSimpleName(), e.problem()));
      return Optional.empty();
    }
  }

  private Optional<String> textOf(
      ProgramFinder.Found found, ExecutableElement method, Place place) {
    try {
      return Optional.of(found.text());
    } catch (CompilationException e) {
      report.add(Message.BAD_PROGRAM.at(place, method.getSimpleName(), e.problem()));
      return Optional.empty();
    }
  }

  /** The statements of a method with {@code @Pipeline}. */
  static KernelProgram pipelineOf(ExecutableElement method) {
    AnnotationMirror annotation = annotationOn(method, Pipeline.class);
    return new KernelProgram.Pipeline(
        textOf(AnnotationMirrors.getAnnotationValue(annotation, "value")));
  }

  private static AnnotationMirror annotationOn(ExecutableElement method) {
    return annotationOn(method, Kernel.class);
  }

  private static AnnotationMirror annotationOn(
      ExecutableElement method, Class<? extends Annotation> type) {
    return MoreElements.getAnnotationMirror(method, type).get();
  }

  private static String textOf(AnnotationValue value) {
    return String.valueOf(value.getValue());
  }
}
