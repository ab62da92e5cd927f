package org.hlo4j.cli.init;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.hlo4j.Program;

/**
 * A program, and the file that it was read from.
 *
 * @param signature what the annotation says of bytecode, which no text reader can open
 * @param platforms what the program was exported for, if that is several
 */
public record ProgramFile(
    Path path, Program program, Optional<String> signature, List<String> platforms) {
  /** The prefixes that JAX gives the names of functions. */
  private static final String TRANSFORMED = "(jit|pmap|pjit)_+";

  /** Of its parts. */
  public ProgramFile {
    platforms = List.copyOf(platforms);
  }

  /** A program as text. */
  public static ProgramFile ofText(Path path, Program program) {
    return new ProgramFile(path, program, Optional.empty(), List.of());
  }

  /** The file's name. */
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
