package org.hlo4j.processor.check;

import java.util.Optional;
import org.hlo4j.internal.mlir.analysis.CustomCalls;
import org.hlo4j.internal.mlir.model.MlirModule;
import org.hlo4j.internal.mlir.syntax.MlirReader;
import org.hlo4j.internal.mlir.text.SourceText;
import org.hlo4j.processor.message.Message;
import org.hlo4j.processor.message.Report;
import org.hlo4j.processor.model.KernelMethod;
import org.hlo4j.processor.model.KernelProgram;

/** Reports called functions that are known to be missing in every plugin. */
public final class FunctionCheck {
  private FunctionCheck() {}

  /**
   * Reports the first such function of a program that was not compiled.
   *
   * @param compiled the text that would be compiled, which a pipeline has
   */
  public static void check(KernelMethod method, String compiled, Report report) {
    Optional<String> problem =
        switch (method.program()) {
          case KernelProgram.Bytecode bytecode ->
              CustomCalls.unprovided(bytecode.content()).map(CustomCalls::problem);
          case KernelProgram.Textual textual -> inText(method, textual.text());
          case KernelProgram.Pipeline unused -> inText(method, compiled);
        };
    problem.ifPresent(
        text ->
            report.add(Message.MISSING_FUNCTION.at(method.programPlace(), method.name(), text)));
  }

  private static Optional<String> inText(KernelMethod method, String text) {
    MlirModule module = MlirReader.read(text);
    SourceText source = module.source();
    return CustomCalls.unprovided(module)
        .map(
            call -> {
              int line = source.line(call.offset());
              int column = source.column(call.offset());
              return method.describe(text, line, column, CustomCalls.problem(call.function()));
            });
  }
}
