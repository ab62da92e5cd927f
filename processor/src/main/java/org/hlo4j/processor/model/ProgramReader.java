package org.hlo4j.processor.model;

import com.google.auto.common.AnnotationMirrors;
import com.google.auto.common.AnnotationValues;
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
import org.hlo4j.internal.mlir.rewrite.PlatformIndex;
import org.hlo4j.internal.mlir.text.Bytecode;
import org.hlo4j.internal.mlir.text.MlirSyntaxException;
import org.hlo4j.internal.mlir.text.ProgramText;
import org.hlo4j.internal.text.NameSuggestion;
import org.hlo4j.processor.message.Message;
import org.hlo4j.processor.message.Place;
import org.hlo4j.processor.message.Report;
import org.hlo4j.processor.read.ProgramFinder;

/**
 * Reads the program of a method with {@code @Kernel}.
 *
 * @param place where problems with the program are shown
 * @param home the package of the generated code
 */
record ProgramReader(
    ProgramFinder finder,
    Report report,
    ExecutableElement method,
    Place place,
    PackageElement home) {
  private static final String NOT_NAMED =
      "it was exported for several platforms, but its text does not list them: specify them in"
          + " the order in which they were exported, as in platforms = {\"cuda\", \"cpu\"}";

  /** Returns where problems with a method's program are shown. */
  static Place placeOf(ExecutableElement method) {
    boolean isPipeline = MoreElements.isAnnotationPresent(method, Pipeline.class);
    AnnotationMirror annotation = annotationOn(method, isPipeline ? Pipeline.class : Kernel.class);
    String member = isPipeline || text(annotation, "resource").isEmpty() ? "value" : "resource";
    return new Place(method, annotation, AnnotationMirrors.getAnnotationValue(annotation, member));
  }

  /**
   * Returns the program of a method with {@code @Kernel}; empty if it has none, which is reported.
   */
  Optional<KernelProgram.Standalone> read() {
    return readProgram()
        .flatMap(
            program ->
                switch (program) {
                  case KernelProgram.Bytecode bytecode -> withoutIndex(bytecode);
                  case KernelProgram.Textual textual -> withoutIndex(textual);
                });
  }

  private Optional<KernelProgram.Standalone> readProgram() {
    String text = ProgramText.withoutMark(text("value"));
    String resource = text("resource");
    if (text.isBlank() && resource.isEmpty()) {
      return report.refuse(Message.NO_PROGRAM.at(place, method.getSimpleName()));
    }
    if (!text.isBlank() && !resource.isEmpty()) {
      return report.refuse(Message.TWO_PROGRAMS.at(place, method.getSimpleName()));
    }
    if (!resource.isEmpty()) {
      return fromResource(resource);
    }
    if (text("signature").isBlank()) {
      return Optional.of(new KernelProgram.Text(text, devices(), List.of()));
    }
    if (text.contains("@main")) {
      return report.refuse(Message.SIGNATURE_TWICE.at(place));
    }
    return Optional.of(new KernelProgram.Body(text("signature"), text, devices()));
  }

  private DeclaredDevices devices() {
    return new DeclaredDevices(count("replicas"), count("partitions"));
  }

  /** Returns a count, if the user has set it. */
  private OptionalInt count(String member) {
    return annotationOn(method, Kernel.class).getElementValues().entrySet().stream()
        .filter(entry -> entry.getKey().getSimpleName().contentEquals(member))
        .filter(entry -> entry.getValue().getValue() instanceof Integer)
        .mapToInt(entry -> (Integer) entry.getValue().getValue())
        .findFirst();
  }

  private Optional<KernelProgram.Standalone> fromResource(String name) {
    String packageName = MoreElements.getPackage(method).getQualifiedName().toString();
    return switch (finder.find(method, packageName, name)) {
      case ProgramFinder.Found found -> {
        try {
          yield fromResource(found, name);
        } catch (CompilationException e) {
          yield report.refuse(Message.BAD_PROGRAM.at(place, method.getSimpleName(), e.problem()));
        }
      }
      case ProgramFinder.Missing missing -> {
        String hint = NameSuggestion.didYouMean(name, missing.neighbours());
        yield report.refuse(
            Message.NO_RESOURCE.at(place, name, hint.isEmpty() ? "." : hint, missing.lookedIn()));
      }
    };
  }

  private Optional<KernelProgram.Standalone> fromResource(ProgramFinder.Found found, String name) {
    byte[] content = found.content();
    String signature = text("signature");
    PackageElement declared = MoreElements.getPackage(method);
    boolean isNear = declared.equals(home);
    // Another package's resource may be in a module that encapsulates it, so it is copied.
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
      return fromExported(content, name, opened, origin);
    }
    if (isExported || Bytecode.isBytecode(content)) {
      if (signature.isBlank()) {
        return report.refuse(Message.BYTECODE.at(place, name));
      }
      return Optional.of(new KernelProgram.Bytecode(signature, content, opened, devices(), origin));
    }
    if (!signature.isBlank()) {
      return report.refuse(Message.SIGNATURE_OF_RESOURCE.at(place, name));
    }
    String text = ProgramText.decode(content);
    return Optional.of(
        opened.isPresent()
            ? new KernelProgram.Resource(text, opened.get(), devices(), origin)
            : new KernelProgram.Text(text, devices(), List.of(origin)));
  }

  /** Reads JAX's file, which declares the signature except for donations. */
  private Optional<KernelProgram.Standalone> fromExported(
      byte[] content, String name, Optional<String> opened, ProgramOrigin origin) {
    ExportedFile exported = ExportedFile.read(content);
    if (exported.donates()) {
      return report.refuse(Message.BYTECODE.at(place, name));
    }
    DeclaredDevices devices =
        exported.devices() == 1
            ? devices()
            : devices()
                .orElse(new DeclaredDevices(OptionalInt.of(1), OptionalInt.of(exported.devices())));
    return Optional.of(
        new KernelProgram.Bytecode(exported.signature(), content, opened, devices, origin));
  }

  /** Removes a program's platform index; empty if an error is reported. */
  private Optional<KernelProgram.Standalone> withoutIndex(KernelProgram.Textual program) {
    List<String> platforms =
        AnnotationValues.getStrings(
            AnnotationMirrors.getAnnotationValue(annotationOn(method, Kernel.class), "platforms"));
    if (platforms.isEmpty()) {
      return PlatformIndex.isTakenBy(program.text())
          ? refusedPlatforms(NOT_NAMED)
          : Optional.of(program);
    }
    try {
      return Optional.of(program.withText(PlatformIndex.hidden(program.text(), platforms)));
    } catch (MlirSyntaxException e) {
      // The next reader of the program reports the same with its position.
      return Optional.of(program);
    } catch (CompilationException e) {
      return refusedPlatforms(program.describe(e));
    }
  }

  private Optional<KernelProgram.Standalone> withoutIndex(KernelProgram.Bytecode program) {
    try {
      List<String> unused = ExportedFile.indexedPlatformsIn(program.content());
      return Optional.of(program);
    } catch (CompilationException e) {
      return refusedPlatforms(e.problem());
    }
  }

  private Optional<KernelProgram.Standalone> refusedPlatforms(String problem) {
    return report.refuse(Message.PLATFORMS.at(place, method.getSimpleName(), problem));
  }

  /** Returns the statements of a method with {@code @Pipeline}. */
  static KernelProgram pipelineOf(ExecutableElement method) {
    return new KernelProgram.Pipeline(text(annotationOn(method, Pipeline.class), "value"));
  }

  private static AnnotationMirror annotationOn(
      ExecutableElement method, Class<? extends Annotation> type) {
    return MoreElements.getAnnotationMirror(method, type).get();
  }

  private String text(String member) {
    return text(annotationOn(method, Kernel.class), member);
  }

  private static String text(AnnotationMirror annotation, String member) {
    return String.valueOf(AnnotationMirrors.getAnnotationValue(annotation, member).getValue());
  }
}
