package org.hlo4j.processor.model;

import com.google.auto.common.AnnotationMirrors;
import com.google.auto.common.MoreElements;
import java.lang.annotation.Annotation;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.PackageElement;
import org.hlo4j.annotation.Kernel;
import org.hlo4j.annotation.Pipeline;
import org.hlo4j.error.CompilationException;
import org.hlo4j.internal.jax.ExportedFile;
import org.hlo4j.internal.mlir.text.Bytecode;
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
    boolean isPipeline = MoreElements.isAnnotationPresent(method, Pipeline.class);
    AnnotationMirror annotation = annotationOn(method, isPipeline ? Pipeline.class : Kernel.class);
    String member = isPipeline || text(annotation, "resource").isEmpty() ? "value" : "resource";
    return new Place(method, annotation, AnnotationMirrors.getAnnotationValue(annotation, member));
  }

  /**
   * The program of a method with {@code @Kernel}; nothing if it has none, which is reported.
   *
   * @param home where the generated code will be
   */
  Optional<KernelProgram.Standalone> read(
      ExecutableElement method, Place place, PackageElement home) {
    AnnotationMirror annotation = annotationOn(method, Kernel.class);
    return readText(annotation, method, place, home)
        .flatMap(program -> new PlatformReader(report).read(program, method, annotation, place));
  }

  private static DeclaredDevices devices(AnnotationMirror annotation) {
    return new DeclaredDevices(count(annotation, "replicas"), count(annotation, "partitions"));
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
      AnnotationMirror annotation, ExecutableElement method, Place place, PackageElement home) {
    String text = ProgramText.withoutMark(text(annotation, "value"));
    String resource = text(annotation, "resource");
    String signature = text(annotation, "signature");
    DeclaredDevices devices = devices(annotation);
    if (text.isBlank() && resource.isEmpty()) {
      return report.refuse(Message.NO_PROGRAM.at(place, method.getSimpleName()));
    }
    if (!text.isBlank() && !resource.isEmpty()) {
      return report.refuse(Message.TWO_PROGRAMS.at(place, method.getSimpleName()));
    }
    if (!resource.isEmpty()) {
      return fromResource(resource, signature, devices, method, place, home);
    }
    if (signature.isBlank()) {
      return Optional.of(new KernelProgram.Text(text, devices, List.of()));
    }
    if (text.contains("@main")) {
      return report.refuse(Message.SIGNATURE_TWICE.at(place));
    }
    return Optional.of(new KernelProgram.Body(signature, text, devices));
  }

  private Optional<KernelProgram.Standalone> fromResource(
      String name,
      String signature,
      DeclaredDevices devices,
      ExecutableElement method,
      Place place,
      PackageElement home) {
    PackageElement declared = MoreElements.getPackage(method);
    ProgramFinder.Result result = finder.find(method, declared.getQualifiedName().toString(), name);
    return switch (result) {
      case ProgramFinder.Found found -> {
        try {
          yield fromResource(
              found, name, signature, devices, declared, declared.equals(home), place);
        } catch (CompilationException e) {
          yield report.refuse(Message.BAD_PROGRAM.at(place, method.getSimpleName(), e.problem()));
        }
      }
      case ProgramFinder.Missing missing -> {
        String hint = Closest.didYouMean(name, missing.neighbours());
        yield report.refuse(
            Message.NO_RESOURCE.at(place, name, hint.isEmpty() ? "." : hint, missing.lookedIn()));
      }
    };
  }

  private Optional<KernelProgram.Standalone> fromResource(
      ProgramFinder.Found found,
      String name,
      String signature,
      DeclaredDevices devices,
      PackageElement declared,
      boolean isNear,
      Place place) {
    byte[] content = found.content();
    // Another package's resource may be in another module, which keeps it to itself: it is copied.
    Optional<String> opened =
        isNear && found.isThereAtRunTime() ? Optional.of(name) : Optional.empty();
    Optional<String> damage = Bytecode.damage(content);
    if (damage.isPresent()) {
      return report.refuse(Message.DAMAGED_BYTECODE.at(place, name, damage.get()));
    }
    boolean isExported = ExportedFile.isOne(content);
    ProgramOrigin origin =
        ProgramOrigin.of(name, declared.getQualifiedName().toString(), isNear, content);
    if (isExported && signature.isBlank()) {
      return fromExported(content, name, opened, devices, origin, place);
    }
    if (isExported || Bytecode.isBytecode(content)) {
      if (signature.isBlank()) {
        return report.refuse(Message.BYTECODE.at(place, name));
      }
      return Optional.of(new KernelProgram.Bytecode(signature, content, opened, devices, origin));
    }
    if (!signature.isBlank()) {
      return report.refuse(Message.SIGNATURE_OF_RESOURCE.at(place, name));
    }
    String text = ProgramText.decode(content);
    return Optional.of(
        opened.isPresent()
            ? new KernelProgram.Resource(text, opened.get(), devices, origin)
            : new KernelProgram.Text(text, devices, List.of(origin)));
  }

  /** JAX's file says its signature, but for donations. */
  private Optional<KernelProgram.Standalone> fromExported(
      byte[] content,
      String name,
      Optional<String> opened,
      DeclaredDevices declared,
      ProgramOrigin origin,
      Place place) {
    ExportedFile exported = ExportedFile.read(content);
    if (exported.donates()) {
      return report.refuse(Message.BYTECODE.at(place, name));
    }
    DeclaredDevices devices =
        exported.devices() == 1
            ? declared
            : declared.orElse(
                new DeclaredDevices(OptionalInt.of(1), OptionalInt.of(exported.devices())));
    return Optional.of(
        new KernelProgram.Bytecode(exported.signature(), content, opened, devices, origin));
  }

  /** The statements of a method with {@code @Pipeline}. */
  static KernelProgram pipelineOf(ExecutableElement method) {
    return new KernelProgram.Pipeline(text(annotationOn(method, Pipeline.class), "value"));
  }

  private static AnnotationMirror annotationOn(
      ExecutableElement method, Class<? extends Annotation> type) {
    return MoreElements.getAnnotationMirror(method, type).get();
  }

  private static String text(AnnotationMirror annotation, String member) {
    return String.valueOf(AnnotationMirrors.getAnnotationValue(annotation, member).getValue());
  }
}
