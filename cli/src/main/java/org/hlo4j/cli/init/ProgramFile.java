package org.hlo4j.cli.init;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.hlo4j.Program;

/**
 * A program, and the file that it was read from. Immutable.
 *
 * @param content the file's bytes, which are not changed after this
 * @param signature what the annotation has to say of bytecode, which no text reader can open
 * @param platforms what the program was exported for, if that is several
 */
@SuppressWarnings("ArrayRecordComponent") // Files are not compared.
public record ProgramFile(
    Path path,
    byte[] content,
    Program program,
    Optional<String> signature,
    List<String> platforms) {
  /** The prefixes that JAX gives the names of functions. */
  private static final String TRANSFORMED = "(jit|pmap|pjit)_+";

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
