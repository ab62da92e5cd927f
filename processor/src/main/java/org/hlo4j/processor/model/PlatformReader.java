package org.hlo4j.processor.model;

import com.google.auto.common.AnnotationMirrors;
import com.google.auto.common.AnnotationValues;
import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.ExecutableElement;
import org.hlo4j.error.CompilationException;
import org.hlo4j.internal.jax.ExportedFile;
import org.hlo4j.internal.mlir.rewrite.PlatformIndex;
import org.hlo4j.internal.mlir.text.MlirSyntaxException;
import org.hlo4j.processor.message.Message;
import org.hlo4j.processor.message.Place;
import org.hlo4j.processor.message.Report;

/** Reads the platforms of {@code @Kernel}, and hides a program's index of them. */
record PlatformReader(Report report) {
  private static final String NOT_NAMED =
      "it was exported for several platforms, and its text does not say which: name them in the"
          + " order in which they were exported, as in platforms = {\"cuda\", \"cpu\"}";

  /** The program without its index; nothing if that is reported. */
  Optional<KernelProgram.Standalone> read(
      KernelProgram.Standalone program,
      ExecutableElement method,
      AnnotationMirror annotation,
      Place place) {
    return switch (program) {
      case KernelProgram.Bytecode bytecode -> readBytecode(bytecode, method, place);
      case KernelProgram.Textual textual -> readText(textual, method, annotation, place);
    };
  }

  private Optional<KernelProgram.Standalone> readText(
      KernelProgram.Textual program,
      ExecutableElement method,
      AnnotationMirror annotation,
      Place place) {
    ImmutableList<String> platforms =
        AnnotationValues.getStrings(AnnotationMirrors.getAnnotationValue(annotation, "platforms"));
    if (platforms.isEmpty()) {
      return PlatformIndex.isTakenBy(program.text())
          ? refused(method, place, NOT_NAMED)
          : Optional.of(program);
    }
    try {
      return Optional.of(program.withText(PlatformIndex.hidden(program.text(), platforms)));
    } catch (MlirSyntaxException e) {
      // Whoever reads the program next says the same with its place.
      return Optional.of(program);
    } catch (CompilationException e) {
      return refused(method, place, program.describe(e));
    }
  }

  private Optional<KernelProgram.Standalone> readBytecode(
      KernelProgram.Bytecode program, ExecutableElement method, Place place) {
    try {
      List<String> unused = ExportedFile.indexedPlatformsIn(program.content());
      return Optional.of(program);
    } catch (CompilationException e) {
      return refused(method, place, e.problem());
    }
  }

  private Optional<KernelProgram.Standalone> refused(
      ExecutableElement method, Place place, String problem) {
    return report.refuse(Message.PLATFORMS.at(place, method.getSimpleName(), problem));
  }
}
