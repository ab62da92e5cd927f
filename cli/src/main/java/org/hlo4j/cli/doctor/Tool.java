package org.hlo4j.cli.doctor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Runs commands that are found on the {@code PATH}. */
public interface Tool {
  /**
   * Runs a command and returns its standard output and standard error; empty if the command does
   * not exist or fails.
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
        // Commands write in the encoding of the platform.
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
