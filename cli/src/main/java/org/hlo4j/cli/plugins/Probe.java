package org.hlo4j.cli.plugins;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.hlo4j.internal.process.JvmCommand;

/** Tests plugins in separate processes. */
public record Probe(Class<?> main, long seconds) {
  private static final long SECONDS = 120;
  private static final int SIGNAL = 128;

  /** Returns a probe with a timeout of two minutes. */
  public static Probe usual() {
    return new Probe(ProbeMain.class, SECONDS);
  }

  /**
   * Tests the plugin at a path. Waits until the test is done or the timeout expires.
   *
   * @throws IOException if no process can be started
   * @throws InterruptedIOException if this thread is interrupted; the process is ended
   */
  public Check check(Path library) throws IOException {
    Path output = Files.createTempFile("hlo4j-probe", ".log");
    try {
      return run(library, output);
    } finally {
      Files.delete(output);
    }
  }

  private Check run(Path library, Path output) throws IOException {
    Process process =
        JvmCommand.here(JvmCommand.BRIEF, main, library.toString())
            .process()
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
        return Check.failed("the test did not finish within %s seconds".formatted(seconds));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException("interrupted").initCause(e);
    } finally {
      process.destroyForcibly();
    }
    String text = new String(Files.readAllBytes(output), StandardCharsets.UTF_8);
    return answerIn(text).orElseGet(() -> Check.failed(ended(process.exitValue(), text)));
  }

  private static Optional<Check> answerIn(String text) {
    Optional<String> line =
        text.lines().filter(each -> each.startsWith(ProbeMain.MARK)).reduce((a, b) -> b);
    try {
      return line.map(
          each -> new Gson().fromJson(each.substring(ProbeMain.MARK.length()), Check.class));
    } catch (JsonParseException e) {
      return Optional.empty();
    }
  }

  private static String ended(int status, String text) {
    String last = text.lines().filter(line -> !line.isBlank()).reduce("", (a, b) -> b);
    String how =
        status > SIGNAL
            ? "its process was ended by signal " + (status - SIGNAL)
            : "its process ended with status " + status;
    return last.isEmpty() ? how : how + ": " + last.strip();
  }
}
