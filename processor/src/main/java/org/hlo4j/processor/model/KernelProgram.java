package org.hlo4j.processor.model;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hlo4j.error.CompilationException;
import org.hlo4j.internal.mlir.text.SourceText;

/** The program of a kernel, in the form given by its author. */
public sealed interface KernelProgram {
  /** Returns the resources that the program was read from. */
  List<ProgramOrigin> origins();

  /** A program that can be compiled on its own, or is compiled already. */
  sealed interface Standalone extends KernelProgram {
    /** Returns the numbers of devices that the annotation or the program's file declares. */
    DeclaredDevices devices();

    /**
     * Describes a problem with the program, at the line and column of the user's text.
     *
     * @param line from 1 in the whole program; 0 if the problem has no position
     */
    String describe(int line, int column, String problem);

    /** Describes a problem with the program, at the line and column of the user's text. */
    default String describe(CompilationException problem) {
      return describe(problem.line(), problem.column(), problem.problem());
    }
  }

  /** A program as MLIR text. */
  sealed interface Textual extends Standalone {
    String text();

    @Override
    default String describe(int line, int column, String problem) {
      return line == 0 ? problem : new SourceText(text()).describe(line, column, problem);
    }

    /** Returns a program with a changed text, which the generated code then contains. */
    default Text withText(String changed) {
      return new Text(changed, devices(), origins());
    }
  }

  /**
   * A program inline in the generated code: from the annotation, or from a resource that the
   * generated code cannot open.
   */
  record Text(String text, DeclaredDevices devices, List<ProgramOrigin> origins)
      implements Textual {
    public Text {
      origins = List.copyOf(origins);
    }
  }

  /**
   * A program in a resource that the generated code opens.
   *
   * @param name the resource's name in the generated code
   */
  record Resource(String text, String name, DeclaredDevices devices, ProgramOrigin origin)
      implements Textual {
    @Override
    public List<ProgramOrigin> origins() {
      return List.of(origin);
    }
  }

  /** A program whose signature and body of {@code @main} are in the annotation. */
  record Body(String signature, String body, DeclaredDevices devices) implements Textual {
    private static final String INDENT = "  ";

    public Body {
      signature = signature.strip();
    }

    @Override
    public String text() {
      String lines =
          body.lines()
              .map(line -> line.isBlank() ? "\n" : INDENT + line + "\n")
              .collect(Collectors.joining());
      return "func.func @main%s {\n%s}\n".formatted(signature, lines);
    }

    @Override
    public List<ProgramOrigin> origins() {
      return List.of();
    }

    @Override
    public String describe(int line, int column, String problem) {
      int head = (int) text().lines().count() - (int) body.lines().count() - 1;
      return line > head
          ? new SourceText(body).describe(line - head, column - INDENT.length(), problem)
          : Textual.super.describe(line, column, problem);
    }
  }

  /**
   * A program in bytecode, of which only the signature is known. Immutable.
   *
   * @param signature such as {@code (%x: tensor<4xf32>) -> tensor<4xf32>}
   * @param resource the name by which the generated code opens the bytecode, if it can
   */
  @SuppressWarnings("ArrayRecordComponent") // It is never changed, and programs are not compared.
  record Bytecode(
      String signature,
      byte[] content,
      Optional<String> resource,
      DeclaredDevices devices,
      ProgramOrigin origin)
      implements Standalone {
    public Bytecode {
      signature = signature.strip();
    }

    @Override
    public List<ProgramOrigin> origins() {
      return List.of(origin);
    }

    /** Returns the problem without a position, since the user did not write the bytecode. */
    @Override
    public String describe(int line, int column, String problem) {
      return problem;
    }
  }

  /** The statements of a pipeline, whose program is linked from those of kernels. */
  record Pipeline(String statements) implements KernelProgram {
    @Override
    public List<ProgramOrigin> origins() {
      return List.of();
    }
  }
}
