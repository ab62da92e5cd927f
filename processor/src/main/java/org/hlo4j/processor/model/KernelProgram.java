package org.hlo4j.processor.model;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.hlo4j.Program;
import org.hlo4j.error.CompilationException;
import org.hlo4j.internal.mlir.analysis.DeviceCounts;
import org.hlo4j.internal.mlir.analysis.EntryPoint;
import org.hlo4j.internal.mlir.model.MlirModule;
import org.hlo4j.internal.mlir.syntax.MlirReader;
import org.hlo4j.internal.mlir.text.SourceText;

/**
 * The program of a kernel.
 *
 * @param text a whole program; of bytecode, its signature as {@code @main} of an empty one
 * @param resource the name of the resource that holds the program, if one does and the generated
 *     code can open it under that name
 * @param body what the user wrote, if that was only the body
 * @param bytecode the program's bytes, if it is not text
 * @param replicas as how many replicas it runs, where the annotation says so
 * @param partitions as how many partitions it runs, where the annotation says so
 * @param pipeline the statements of the pipeline that it is, if it is one; there is no text then
 *     until the pipeline is planned
 * @param schedule what became of the pipeline, a line each
 * @param origins the resources that the program was read from, or that are linked into it
 */
public record KernelProgram(
    String text,
    Optional<String> resource,
    Optional<String> body,
    Optional<Bytecode> bytecode,
    OptionalInt replicas,
    OptionalInt partitions,
    Optional<String> pipeline,
    List<String> schedule,
    List<ProgramOrigin> origins) {
  private static final String INDENT = "  ";
  private static final String MAIN = "main";

  /** A program of its parts. */
  public KernelProgram {
    schedule = List.copyOf(schedule);
    origins = List.copyOf(origins);
  }

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
    return onOne(text, Optional.empty(), Optional.empty(), Optional.empty());
  }

  private static KernelProgram onOne(
      String text, Optional<String> resource, Optional<String> body, Optional<Bytecode> bytecode) {
    return new KernelProgram(
        text,
        resource,
        body,
        bytecode,
        OptionalInt.empty(),
        OptionalInt.empty(),
        Optional.empty(),
        List.of(),
        List.of());
  }

  /** The same program, which was read from a resource. */
  KernelProgram from(ProgramOrigin origin) {
    return new KernelProgram(
        text, resource, body, bytecode, replicas, partitions, pipeline, schedule, List.of(origin));
  }

  /** The same program with what the annotation says of devices. */
  KernelProgram onDevices(OptionalInt replicas, OptionalInt partitions) {
    return new KernelProgram(
        text, resource, body, bytecode, replicas, partitions, pipeline, schedule, origins);
  }

  /** A pipeline that has no program yet. */
  static KernelProgram ofPipeline(String statements) {
    return new KernelProgram(
        "",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        Optional.of(statements),
        List.of(),
        List.of());
  }

  /**
   * A pipeline with the program that it became.
   *
   * @param linked the resources of the kernels that are linked into it
   */
  public KernelProgram planned(String program, List<String> schedule, List<ProgramOrigin> linked) {
    return new KernelProgram(
        program, resource, body, bytecode, replicas, partitions, pipeline, schedule, linked);
  }

  /** The same program, changed, so that the generated code contains it. */
  KernelProgram withText(String changed) {
    return new KernelProgram(
        changed,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        replicas,
        partitions,
        pipeline,
        schedule,
        origins);
  }

  /** A program in a resource. */
  static KernelProgram ofResource(String text, String name) {
    return onOne(text, Optional.of(name), Optional.empty(), Optional.empty());
  }

  /** A program that is put together of its signature and its body. */
  static KernelProgram ofBody(String signature, String body) {
    String lines =
        body.lines()
            .map(line -> line.isBlank() ? "\n" : INDENT + line + "\n")
            .collect(Collectors.joining());
    String text = "func.func @%s%s {\n%s}\n".formatted(MAIN, signature.strip(), lines);
    return onOne(text, Optional.empty(), Optional.of(body), Optional.empty());
  }

  /**
   * A program in bytecode, of which only the signature is known.
   *
   * @param name of its resource, if the generated code can open that
   */
  static KernelProgram ofBytecode(String signature, byte[] content, Optional<String> name) {
    return onOne(signature.strip(), name, Optional.empty(), Optional.of(new Bytecode(content)));
  }

  /**
   * The program as a module; of bytecode, one that declares a function with its signature.
   *
   * @throws CompilationException if it is no program
   */
  public MlirModule module() {
    if (bytecode.isPresent()) {
      // Says what a signature looks like, if this is none.
      EntryPoint unused = EntryPoint.ofSignature(text);
      return Objects.requireNonNull(MlirReader.readSignature(MAIN, text));
    }
    return MlirReader.read(text);
  }

  /**
   * What the program takes and gives.
   *
   * @param module the program's
   * @param counts as how many processes it runs
   * @throws CompilationException if it is none that can run
   */
  public EntryPoint entryPoint(MlirModule module, DeviceCounts counts) {
    return bytecode.isPresent()
        ? EntryPoint.ofSignature(text, counts)
        : EntryPoint.of(module, counts);
  }

  /** The program for the runtime, with an edited text. */
  public Program edited(String edited, DeviceCounts counts) {
    int r = counts.replicas();
    int p = counts.partitions();
    return bytecode.isPresent()
        ? Program.ofBytecode(bytecode.get().content(), edited, r, p)
        : Program.of(edited, r, p);
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
