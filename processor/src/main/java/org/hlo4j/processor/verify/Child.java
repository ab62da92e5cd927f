package org.hlo4j.processor.verify;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.hlo4j.internal.process.JvmCommand;
import org.hlo4j.processor.verify.Verdict.Crashed;
import org.hlo4j.processor.verify.Verdict.TimedOut;

/**
 * A child process, seen from its parent. One thread talks to it; any thread may end it.
 *
 * <p>Requests go to its standard input. Replies must not come by standard output, to which native
 * code may print, and the JVM does when it crashes. So the shell that starts the child gives it
 * what the parent reads as descriptor 3, and joins standard output to standard error. That needs no
 * file, no address and no permission, and it ends when the child does.
 */
final class Child implements AutoCloseable {
  private static final String SHELL = "/bin/sh";
  private static final String START = "ulimit -c 0; exec \"$@\" 3>&1 1>&2";

  private static final String LOG_LEVEL = "TF_CPP_MIN_LOG_LEVEL";
  private static final String ERRORS_AND_WORSE = "2";

  /** A process that closed its end of the line, or was killed, is gone much sooner. */
  private static final Duration LONGEST_EXIT = Duration.ofMinutes(1);

  /** Something that is said and answered. */
  private interface Exchange<T> {
    T run() throws IOException;
  }

  private final Process process;
  private final DataOutputStream requests;
  private final DataInputStream replies;
  private final ErrorTail errors;
  private boolean answered;

  private Child(Process process) {
    this.process = process;
    this.requests = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
    this.replies = new DataInputStream(process.getInputStream());
    this.errors = new ErrorTail(process.getErrorStream());
  }

  /** Starts a process, which {@link #greet} then waits for. */
  static Child start(ChildCommand command) throws NoChildException {
    List<String> words = new ArrayList<>(List.of(SHELL, "-c", START, SHELL));
    try {
      words.addAll(command.words());
      ProcessBuilder builder = new ProcessBuilder(words);
      Map<String, String> environment = builder.environment();
      JvmCommand.removeJvmOptions(environment);
      environment.put(LOG_LEVEL, ERRORS_AND_WORSE);
      return new Child(builder.start());
    } catch (IOException | IllegalStateException e) {
      throw new NoChildException(String.valueOf(e.getMessage()), e);
    }
  }

  /** Waits until the child is ready. */
  void greet(Duration limit) throws NoChildException {
    String problem;
    try {
      problem =
          within(
              limit,
              () -> {
                Wire.readStart(replies);
                return Wire.readText(replies);
              });
    } catch (TimeoutException e) {
      throw new NoChildException(
          "The child process was not ready after " + limit.toSeconds() + " seconds", e);
    } catch (IOException e) {
      throw new NoChildException("The child process " + end(e) + said(), e);
    }
    if (!problem.isEmpty()) {
      throw new NoChildException(problem, null);
    }
  }

  private String said() {
    String lastWords = errors.lastWords();
    return lastWords.isEmpty() ? "" : ":\n" + lastWords;
  }

  /** Lets the child check a program. After a crash or a timeout it is of no more use. */
  Verdict ask(Request request, Duration limit) {
    errors.clear();
    try {
      Verdict verdict =
          within(
              limit,
              () -> {
                request.write(requests);
                return Reply.read(replies).verdict();
              });
      answered = true;
      return verdict;
    } catch (TimeoutException e) {
      return new TimedOut(limit);
    } catch (IOException e) {
      return new Crashed(end(e), errors.lastWords());
    }
  }

  /** Whether it has answered before, and so may suffer from what it did then. */
  boolean hasAnswered() {
    return answered;
  }

  /** Kills the child if it does not answer in time, which ends the exchange. */
  private <T> T within(Duration limit, Exchange<T> exchange) throws IOException, TimeoutException {
    AtomicBoolean expired = new AtomicBoolean();
    CompletableFuture<Void> timer =
        new CompletableFuture<Void>().orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS);
    CompletableFuture<Void> unused =
        timer.exceptionally(
            e -> {
              expired.set(true);
              kill();
              return null;
            });
    try {
      return exchange.run();
    } catch (IOException e) {
      if (expired.get()) {
        throw new TimeoutException();
      }
      throw e;
    } finally {
      timer.complete(null);
    }
  }

  /** Makes sure that the child has ended, and says how it did. */
  private String end(IOException e) {
    if (!(e instanceof StreamCorruptedException) && awaitExit()) {
      // A JVM that reports a signal does not end by it.
      String signal = errors.signal();
      return signal.isEmpty()
          ? ExitStatus.describe(process.exitValue())
          : ExitStatus.describeSignal(signal);
    }
    kill();
    return "sent an invalid reply (" + e.getMessage() + ")";
  }

  private boolean awaitExit() {
    try {
      return process.waitFor(LONGEST_EXIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * Ends the child at once; any thread may. It has nothing to save, and a JVM that is asked to end
   * waits for its native threads first. Not by the process itself, whose method also closes the
   * streams, and for that waits while another thread writes.
   */
  void kill() {
    boolean unused = process.toHandle().destroyForcibly();
  }

  /** Ends the child, and waits until it is gone. */
  @Override
  public void close() {
    kill();
    boolean unused = awaitExit();
  }
}
