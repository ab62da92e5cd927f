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

/** Reads files with programs, of which bytecode does not say its signature by itself. */
final class Programs {
  @Option(
      names = "--signature",
      paramLabel = "TEXT",
      description = {
        "Of bytecode, the signature of @main, such as (%%x: tensor<4xf32>) -> tensor<4xf32>.",
        "Without it, XLA is asked."
      })
  private @Nullable String signature;

  @Option(
      names = "--platforms",
      paramLabel = "NAME",
      split = ",",
      description = {
        "The platforms that JAX exported the program for, in that order, such as cuda,cpu;",
        "only for a program that was exported for several."
      })
  private List<String> platforms = List.of();

  /**
   * Reads a program, be it text or bytecode.
   *
   * @throws IOException if the file cannot be read
   * @throws CompilationException if it holds no program; the message names the file
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
          // XLA is asked on one device only, and JAX's file says the same.
          return bytecode(file, bytes, Program.ofExported(bytes), exported.signature());
        }
      }
      String known = signature != null ? signature : askXla(file, bytes, output);
      return bytecode(file, bytes, Program.ofBytecode(bytes, known), known);
    } catch (CompilationException e) {
      throw new CompilationException(file + ", " + e.getMessage(), e);
    }
  }

  /** A client with a program's devices, which a CPU plugin makes as they are wanted. */
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
