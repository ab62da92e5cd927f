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
final class PlatformReader {
  private static final String NOT_NAMED =
      "it was exported for several platforms, and its text does not say which: name them in the"
          + " order in which they were exported, as in platforms = {\"cuda\", \"cpu\"}";

  private final Report report;

  PlatformReader(Report report) {
    this.report = report;
  }

  /** The program without its index; nothing if that is reported. */
  Optional<KernelProgram> read(
      KernelProgram program, ExecutableElement method, AnnotationMirror annotation, Place place) {
    ImmutableList<String> platforms =
        AnnotationValues.getStrings(AnnotationMirrors.getAnnotationValue(annotation, "platforms"));
    if (program.bytecode().isPresent()) {
      return readBytecode(program, program.bytecode().get(), method, place);
    }
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

  private Optional<KernelProgram> readBytecode(
      KernelProgram program,
      KernelProgram.Bytecode bytecode,
      ExecutableElement method,
      Place place) {
    try {
      List<String> unused = ExportedFile.indexedPlatformsIn(bytecode.content());
      return Optional.of(program);
    } catch (CompilationException e) {
      return refused(method, place, e.problem());
    }
  }

  private Optional<KernelProgram> refused(ExecutableElement method, Place place, String problem) {
    report.add(Message.PLATFORMS.at(place, method.getSimpleName(), problem));
    return Optional.empty();
  }
}
