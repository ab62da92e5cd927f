package org.hlo4j.cli.doctor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A command of the machine, as somebody's shell finds it. */
public interface Tool {
  /**
   * Runs a command and returns what it prints; nothing if there is no such command, or it fails.
   * Both of its outputs are read.
   */
  Optional<String> run(List<String> command);

  /** The commands of this machine. */
  static Tool ofThisMachine() {
    return Tool::runHere;
  }

  private static Optional<String> runHere(List<String> command) {
    try {
      Path output = Files.createTempFile("hlo4j", ".txt");
      try {
        Process process =
            new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(1, TimeUnit.MINUTES)) {
          process.destroyForcibly();
          return Optional.empty();
        }
        // In the encoding of the terminal, whatever that is.
        return process.exitValue() == 0
            ? Optional.of(new String(Files.readAllBytes(output), Charset.defaultCharset()))
            : Optional.empty();
      } finally {
        Files.delete(output);
      }
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException("Interrupted while " + command + " ran", e));
    }
  }
}
