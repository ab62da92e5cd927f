package org.hlo4j.processor.verify;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a child's standard error, and keeps its last lines. */
final class ErrorTail {
  private static final int MOST_LINES = 12;
  private static final int LONGEST_LINE = 300;
  private static final Duration LAST_LINES_TIME = Duration.ofSeconds(1);

  /** The prefix of lines in a JVM's crash report. */
  private static final String REPORT = "#";

  private static final Pattern SIGNAL = Pattern.compile("(SIG[A-Z]+) .*");

  /** Matches the crashed frame, or the exhausted resource, in the rest of a report. */
  private static final Pattern TELLING =
      Pattern.compile("[CVJj] +.*|Internal Error.*|There is insufficient.*|Native memory.*");

  /** A stack frame below native code's abort message, which is of no use to users. */
  private static final Pattern FRAME = Pattern.compile("@ +0x[0-9a-f]+ .*");

  private final Deque<String> lines = new ArrayDeque<>();
  private String signal = "";
  private final Thread reader;

  ErrorTail(InputStream errors) {
    reader =
        Thread.ofPlatform().daemon().name("hlo4j-verifier-errors").start(() -> readAll(errors));
  }

  private void readAll(InputStream errors) {
    try (Reader in = new BufferedReader(new InputStreamReader(errors, StandardCharsets.UTF_8))) {
      StringBuilder line = new StringBuilder();
      for (int c = in.read(); c >= 0; c = in.read()) {
        if (c == '\n') {
          add(line.toString());
          line.setLength(0);
        } else if (line.length() < LONGEST_LINE) {
          // Lines may be of any length, so the buffer is bounded.
          line.append((char) c);
        }
      }
      add(line.toString());
    } catch (IOException e) {
      add("(" + e + ")");
    }
  }

  private synchronized void add(String line) {
    if (line.startsWith(REPORT)) {
      addReport(line.substring(REPORT.length()).strip());
    } else {
      keep(line.strip());
    }
  }

  private void addReport(String line) {
    Matcher matcher = SIGNAL.matcher(line);
    if (matcher.matches()) {
      signal = matcher.group(1);
    } else if (TELLING.matcher(line).matches()) {
      keep(line);
    }
  }

  private void keep(String line) {
    if (line.isEmpty() || FRAME.matcher(line).matches()) {
      return;
    }
    if (lines.size() == MOST_LINES) {
      lines.removeFirst();
    }
    lines.addLast(line);
  }

  /** Forgets what was read so far. */
  synchronized void clear() {
    lines.clear();
    signal = "";
  }

  /** Returns the signal that ended the child, if its JVM reported it; or an empty text. */
  String signal() {
    awaitEnd();
    synchronized (this) {
      return signal;
    }
  }

  /** Returns the last lines of a child that has ended. */
  String lastWords() {
    awaitEnd();
    synchronized (this) {
      return String.join("\n", lines);
    }
  }

  private void awaitEnd() {
    try {
      boolean unused = reader.join(LAST_LINES_TIME);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
