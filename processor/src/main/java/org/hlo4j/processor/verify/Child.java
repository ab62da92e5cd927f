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
 * A child process, as seen by its parent. One thread communicates with it; any thread may end it.
 *
 * <p>Requests go to its standard input. Replies cannot use standard output, to which native code,
 * and a crashing JVM, may print. So the shell that starts the child connects the parent's end to
 * descriptor 3, and standard output to standard error. This needs no file, port or permission, and
 * ends with the child.
 */
final class Child implements AutoCloseable {
  private static final String SHELL = "/bin/sh";
  private static final String START = "ulimit -c 0; exec \"$@\" 3>&1 1>&2";

  private static final String LOG_LEVEL = "TF_CPP_MIN_LOG_LEVEL";
  private static final String ERRORS_AND_WORSE = "2";

  /** A process that closed its pipe, or was killed, exits much sooner. */
  private static final Duration LONGEST_EXIT = Duration.ofMinutes(1);

  /** A request with its reply. */
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

  /** Starts a process; {@link #greet} then waits for it. */
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

  /** Checks a program in the child. After a crash or a timeout the child is unusable. */
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

  /** Returns whether it has replied before, and so may be affected by earlier programs. */
  boolean hasAnswered() {
    return answered;
  }

  /** Kills the child if it does not reply in time, which ends the exchange. */
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

  /** Waits for the child's end, and describes it. */
  private String end(IOException e) {
    if (!(e instanceof StreamCorruptedException) && awaitExit()) {
      // A JVM that reports a signal does not exit by it.
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
   * Kills the child immediately; any thread may. It has no state to save, and a JVM's orderly exit
   * waits for native threads. The process's own method also closes the streams, and would wait for
   * a thread that writes to them.
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
