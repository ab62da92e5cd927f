package org.hlo4j.processor.model;

import java.util.Optional;
import java.util.stream.Collectors;
import org.hlo4j.error.CompilationException;
import org.hlo4j.internal.mlir.SourceText;

/**
 * The program of a kernel.
 *
 * @param text a whole program
 * @param resource the name of the resource that holds the text, if one does and the generated code
 *     can open it under that name
 * @param body what the user wrote, if that was only the body
 */
public record KernelProgram(String text, Optional<String> resource, Optional<String> body) {
  private static final String INDENT = "  ";

  /** A program that stands in the annotation. */
  static KernelProgram ofText(String text) {
    return new KernelProgram(text, Optional.empty(), Optional.empty());
  }

  /** A program that is put together of its signature and its body. */
  static KernelProgram ofBody(String signature, String body) {
    String lines =
        body.lines()
            .map(line -> line.isBlank() ? "\n" : INDENT + line + "\n")
            .collect(Collectors.joining());
    String text = "func.func @main%s {\n%s}\n".formatted(signature.strip(), lines);
    return new KernelProgram(text, Optional.empty(), Optional.of(body));
  }

  /** A problem with the program, at the line and column of what the user wrote. */
  public String describe(CompilationException problem) {
    if (problem.line() == 0) {
      return problem.problem();
    }
    if (body.isPresent()) {
      int head = (int) text.lines().count() - (int) body.get().lines().count() - 1;
      if (problem.line() > head) {
        return new SourceText(body.get())
            .describe(problem.line() - head, problem.column() - INDENT.length(), problem.problem());
      }
    }
    return new SourceText(text).describe(problem.line(), problem.column(), problem.problem());
  }
}
