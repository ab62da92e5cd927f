package org.hlo4j.cli.init;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.hlo4j.Program;

/**
 * A program and its file. Immutable.
 *
 * @param content the file's bytes, which must not be modified
 * @param signature the signature that the annotation declares for bytecode
 * @param platforms the platforms of a program that was exported for several
 */
@SuppressWarnings("ArrayRecordComponent") // Files are not compared.
public record ProgramFile(
    Path path,
    byte[] content,
    Program program,
    Optional<String> signature,
    List<String> platforms) {
  /** Returns the file's name, without folders. */
  public String name() {
    return String.valueOf(path.getFileName());
  }

  /** Returns the file's name up to the first dot. */
  String baseName() {
    String name = name();
    int dot = name.indexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  /** Returns whether the program does not contain the names of its inputs. */
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
