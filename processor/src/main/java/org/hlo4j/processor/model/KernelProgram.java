package org.hlo4j.processor.model;

import java.util.Optional;
import java.util.stream.Collectors;
import org.hlo4j.Program;
import org.hlo4j.error.CompilationException;
import org.hlo4j.internal.mlir.EntryPoint;
import org.hlo4j.internal.mlir.MlirReader;
import org.hlo4j.internal.mlir.SourceText;

/**
 * The program of a kernel.
 *
 * @param text a whole program; of bytecode, its signature as {@code @main} of an empty one
 * @param resource the name of the resource that holds the program, if one does and the generated
 *     code can open it under that name
 * @param body what the user wrote, if that was only the body
 * @param bytecode the program's bytes, if it is not text
 */
public record KernelProgram(
    String text, Optional<String> resource, Optional<String> body, Optional<Bytecode> bytecode) {
  private static final String INDENT = "  ";
  private static final String HEAD = "func.func @main";
  private static final String EMPTY_BODY = " {\n  return\n}\n";

  /** A program's bytes. Immutable. */
  public static final class Bytecode {
    private final byte[] content;

    Bytecode(byte[] content) {
      this.content = content;
    }

    /** A copy of the bytes. */
    public byte[] content() {
      return content.clone();
    }
  }

  /** A program that stands in the annotation. */
  static KernelProgram ofText(String text) {
    return new KernelProgram(text, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** A program in a resource. */
  static KernelProgram ofResource(String text, String name) {
    return new KernelProgram(text, Optional.of(name), Optional.empty(), Optional.empty());
  }

  /** A program that is put together of its signature and its body. */
  static KernelProgram ofBody(String signature, String body) {
    String lines =
        body.lines()
            .map(line -> line.isBlank() ? "\n" : INDENT + line + "\n")
            .collect(Collectors.joining());
    String text = HEAD + "%s {\n%s}\n".formatted(signature.strip(), lines);
    return new KernelProgram(text, Optional.empty(), Optional.of(body), Optional.empty());
  }

  /**
   * A program in bytecode, of which only the signature is known.
   *
   * @param name of its resource, if the generated code can open that
   */
  static KernelProgram ofBytecode(String signature, byte[] content, Optional<String> name) {
    return new KernelProgram(
        HEAD + signature.strip() + EMPTY_BODY,
        name,
        Optional.empty(),
        Optional.of(new Bytecode(content)));
  }

  /**
   * What the program takes and gives.
   *
   * @throws CompilationException if it is no program, or none that can run
   */
  public EntryPoint entryPoint() {
    return bytecode.isPresent()
        ? EntryPoint.ofSignature(signatureIn(text))
        : EntryPoint.of(MlirReader.read(text));
  }

  /** The program for the runtime, with an edited text. */
  public Program edited(String edited) {
    return bytecode.isPresent()
        ? Program.ofBytecode(bytecode.get().content(), signatureIn(edited))
        : Program.of(edited);
  }

  /** The signature in a text of bytecode. */
  public static String signatureIn(String text) {
    return text.substring(HEAD.length(), text.length() - EMPTY_BODY.length());
  }

  /** A problem with the program, at the line and column of what the user wrote. */
  public String describe(CompilationException problem) {
    return describe(problem.line(), problem.column(), problem.problem());
  }

  /**
   * A problem with the program, at the line and column of what the user wrote.
   *
   * @param line counted from 1 in the whole program; 0 if the problem has no place
   */
  public String describe(int line, int column, String problem) {
    if (line == 0 || bytecode.isPresent()) {
      return problem;
    }
    if (body.isPresent()) {
      int head = (int) text.lines().count() - (int) body.get().lines().count() - 1;
      if (line > head) {
        return new SourceText(body.get()).describe(line - head, column - INDENT.length(), problem);
      }
    }
    return new SourceText(text).describe(line, column, problem);
  }
}
