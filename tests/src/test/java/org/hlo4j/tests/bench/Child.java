package org.hlo4j.tests.bench;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * A process that has ended well.
 *
 * @param output what it printed
 * @param milliseconds its whole life
 */
record Child(String output, double milliseconds) {
  /**
   * Runs a process.
   *
   * @param log where its standard error goes
   * @throws IOException if it does not start, or ends with another status than 0
   */
  static Child run(Path log, List<String> command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(Redirect.to(log.toFile()));
    // Elsewhere JAX would look for other devices.
    builder.environment().put("JAX_PLATFORMS", "cpu");
    long start = System.nanoTime();
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int status = process.waitFor();
    double milliseconds = (System.nanoTime() - start) / 1e6;
    if (status != 0) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "%s ended with %d: %s%s",
              String.join(" ", command),
              status,
              output,
              Files.readString(log)));
    }
    return new Child(output, milliseconds);
  }

  /** Runs a process. */
  interface Run {
    Child run() throws IOException, InterruptedException;
  }

  /** The median life of three processes, in milliseconds. */
  static double life(Run run) throws IOException, InterruptedException {
    double[] lives = new double[3];
    for (int i = 0; i < lives.length; i++) {
      lives[i] = run.run().milliseconds();
    }
    return Sample.of(DoubleStream.of(lives)).median();
  }

  /** The one number that it printed. */
  double number() throws IOException {
    try {
      return Double.parseDouble(output.strip());
    } catch (NumberFormatException e) {
      throw new IOException("Not a number: " + output, e);
    }
  }
}
