package org.hlo4j.processor.check;

import java.util.Optional;
import org.hlo4j.internal.mlir.analysis.CustomCalls;
import org.hlo4j.internal.mlir.model.MlirModule;
import org.hlo4j.internal.mlir.text.SourceText;
import org.hlo4j.processor.message.Message;
import org.hlo4j.processor.message.Report;
import org.hlo4j.processor.model.KernelMethod;
import org.hlo4j.processor.model.KernelProgram;

/** A program calls no function that is known to be missing in every plugin. */
public final class FunctionCheck {
  private FunctionCheck() {}

  /** Reports the first such function of a program that nobody has compiled. */
  public static void check(KernelMethod method, Report report) {
    KernelProgram program = method.program();
    Optional<String> problem =
        program.bytecode().isPresent()
            ? CustomCalls.unprovided(program.bytecode().get().content()).map(CustomCalls::problem)
            : inText(program);
    problem.ifPresent(
        text ->
            report.add(Message.MISSING_FUNCTION.at(method.programPlace(), method.name(), text)));
  }

  private static Optional<String> inText(KernelProgram program) {
    MlirModule module = program.module();
    SourceText source = module.source();
    return CustomCalls.unprovided(module)
        .map(
            call ->
                program.describe(
                    source.line(call.offset()),
                    source.column(call.offset()),
                    CustomCalls.problem(call.function())));
  }
}
