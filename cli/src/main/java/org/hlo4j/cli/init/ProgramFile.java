package org.hlo4j.cli.init;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.hlo4j.Program;

/** A program, and the file that it was read from. Immutable. */
public final class ProgramFile {
  /** The prefixes that JAX gives the names of functions. */
  private static final String TRANSFORMED = "(jit|pmap|pjit)_+";

  private final Path path;
  private final byte[] content;
  private final Program program;
  private final Optional<String> signature;
  private final List<String> platforms;

  private ProgramFile(
      Path path,
      byte[] content,
      Program program,
      Optional<String> signature,
      List<String> platforms) {
    this.path = path;
    this.content = content;
    this.program = program;
    this.signature = signature;
    this.platforms = List.copyOf(platforms);
  }

  /**
   * A program as text.
   *
   * @param content the file's, which is not changed after this
   * @param platforms what the program was exported for, if that is several
   */
  public static ProgramFile ofText(
      Path path, byte[] content, Program program, List<String> platforms) {
    return new ProgramFile(path, content, program, Optional.empty(), platforms);
  }

  /**
   * A program as bytecode.
   *
   * @param content the file's, which is not changed after this
   * @param signature what the annotation has to say, since no text reader can open bytecode
   */
  public static ProgramFile ofBytecode(
      Path path, byte[] content, Program program, String signature) {
    return new ProgramFile(path, content, program, Optional.of(signature), List.of());
  }

  /** The file's bytes, not to be changed. */
  byte[] content() {
    return content;
  }

  public Program program() {
    return program;
  }

  /** What the annotation says of bytecode, which no text reader can open. */
  public Optional<String> signature() {
    return signature;
  }

  /** What the program was exported for, if that is several. */
  List<String> platforms() {
    return platforms;
  }

  String name() {
    return String.valueOf(path.getFileName());
  }

  /** The file's name without what stands behind the first dot. */
  String baseName() {
    String name = name();
    int dot = name.indexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  /** What the program's function was called, where that can be known, or else the file. */
  String functionName() {
    boolean isNamed = program.text().contains("@" + program.name());
    String name = program.name().replaceFirst(TRANSFORMED, "");
    return isNamed && !name.isBlank() ? name : baseName();
  }

  int devices() {
    return program.replicas() * program.partitions();
  }

  boolean isSharded() {
    return devices() > 1;
  }
}
