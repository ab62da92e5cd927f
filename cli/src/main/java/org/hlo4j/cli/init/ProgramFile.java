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
  /** The file's name, without folders. */
  public String name() {
    return String.valueOf(path.getFileName());
  }

  /** The file's name without what stands behind the first dot. */
  String baseName() {
    String name = name();
    int dot = name.indexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  /** Whether the exporter left out the names of the inputs, which are numbered then. */
  public boolean hasNumberedInputs() {
    return !program.inputs().isEmpty()
        && program.inputs().stream().allMatch(input -> input.label().matches("arg\\d+"));
  }

  int devices() {
    return program.replicas() * program.partitions();
  }

  boolean isSharded() {
    return devices() > 1;
  }
}
