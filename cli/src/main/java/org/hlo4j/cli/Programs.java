package org.hlo4j.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.hlo4j.Pjrt;
import org.hlo4j.Program;
import org.hlo4j.cli.init.ProgramFile;
import org.hlo4j.cli.run.NotAFileException;
import org.hlo4j.error.CompilationException;
import org.hlo4j.internal.jax.ExportedFile;
import org.hlo4j.internal.mlir.text.Bytecode;
import org.hlo4j.internal.mlir.text.ProgramText;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Reads program files. The signature of bytecode is an option, or is read by XLA. */
final class Programs {
  @Option(
      names = "--signature",
      paramLabel = "TEXT",
      description = {
        "The signature of bytecode, such as (%%x: tensor<4xf32>) -> tensor<4xf32>.",
        "Default: the signature that XLA reports."
      })
  private @Nullable String signature;

  @Option(
      names = "--platforms",
      paramLabel = "NAME",
      split = ",",
      description = {
        "The platforms of a program that JAX exported for several, in the order of the export,",
        "such as cuda,cpu."
      })
  private List<String> platforms = List.of();

  /**
   * Reads a program as text or bytecode.
   *
   * @throws IOException if the file cannot be read
   * @throws CompilationException if the file contains no valid program; the message names the file
   */
  ProgramFile read(Path file, Output output) throws IOException {
    byte[] bytes = Files.readAllBytes(NotAFileException.toRead(file));
    try {
      Optional<String> damage = Bytecode.filtered(bytes);
      if (damage.isPresent()) {
        throw new CompilationException("this bytecode " + damage.get());
      }
      boolean isExported = ExportedFile.isOne(bytes);
      if (!isExported && !Bytecode.isBytecode(bytes)) {
        String text = ProgramText.decode(bytes);
        Program program = platforms.isEmpty() ? Program.of(text) : Program.of(text, platforms);
        return new ProgramFile(file, bytes, program, Optional.empty(), platforms);
      }
      if (isExported && signature == null) {
        ExportedFile exported = ExportedFile.read(bytes);
        if (exported.devices() > 1) {
          // XLA reports signatures for one device only; JAX's file contains the same one.
          return bytecode(file, bytes, Program.ofExported(bytes), exported.signature());
        }
      }
      String known = signature != null ? signature : askXla(file, bytes, output);
      return bytecode(file, bytes, Program.ofBytecode(bytes, known), known);
    } catch (CompilationException e) {
      throw new CompilationException(file + ", " + e.getMessage(), e);
    }
  }

  /** Opens a client with the number of devices of a program; a CPU plugin creates them. */
  static Pjrt client(Program program) {
    int devices = program.replicas() * program.partitions();
    return devices > 1 ? Pjrt.builder().cpuDevices(devices).open() : Pjrt.open();
  }

  private static ProgramFile bytecode(Path file, byte[] bytes, Program program, String signature) {
    return new ProgramFile(file, bytes, program, Optional.of(signature), List.of());
  }

  private static String askXla(Path file, byte[] bytes, Output output) {
    return output.showing(
        "compiling " + file,
        progress -> {
          try (Pjrt client = Pjrt.open()) {
            return client.device().signatureOf(bytes);
          }
        });
  }
}
