package org.hlo4j.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.hlo4j.Pjrt;
import org.hlo4j.Program;
import org.hlo4j.cli.init.ProgramFile;
import org.hlo4j.cli.run.NotAFileException;
import org.hlo4j.error.CompilationException;
import org.hlo4j.internal.mlir.Bytecode;
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

  /**
   * Reads a program, be it text or bytecode.
   *
   * @throws IOException if the file cannot be read
   * @throws CompilationException if it holds no program; the message names the file
   */
  ProgramFile read(Path file, Output output) throws IOException {
    byte[] bytes = Files.readAllBytes(NotAFileException.toRead(file));
    try {
      checkNotFiltered(bytes);
      if (!Bytecode.isBytecode(bytes)) {
        return ProgramFile.ofText(file, Program.of(text(bytes)));
      }
      String known = signature != null ? signature : askXla(file, bytes, output);
      return new ProgramFile(file, Program.ofBytecode(bytes, known), Optional.of(known));
    } catch (CompilationException e) {
      throw new CompilationException(file + ", " + e.getMessage(), e);
    }
  }

  private static void checkNotFiltered(byte[] bytes) {
    Bytecode.filtered(bytes)
        .ifPresent(
            problem -> {
              throw new CompilationException("this bytecode " + problem);
            });
  }

  private static String text(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new CompilationException("this is neither text nor MLIR's bytecode", e);
    }
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
