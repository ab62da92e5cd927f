package org.hlo4j.cli;

import java.io.Console;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A line on a terminal that shows the progress of a task, with a bar if its size is known. */
final class Progress {
  private static final long PERIOD_MILLIS = 100;
  private static final int BAR = 30;
  private static final String SPINNER = "|/-\\";
  private static final String CLEARED_LINE = "\r\033[K";
  private static final double MEGA = 1e6;

  private final PrintWriter out;
  private final String what;
  private final long start = System.nanoTime();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread painter;
  private volatile long done;
  private volatile long total;

  Progress(PrintWriter out, String what, boolean visible) {
    this.out = out;
    this.what = what;
    this.painter = Thread.ofPlatform().daemon().name("progress").unstarted(this::paint);
    if (visible) {
      painter.start();
    }
  }

  /** Returns whether standard output and standard error are a terminal, if known. */
  static boolean isSeen() {
    boolean isTerminal =
        Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    return isTerminal && !"dumb".equals(System.getenv("TERM"));
  }

  /** Sets the number of transferred bytes and their total. */
  void bytes(long done, long total) {
    this.done = done;
    this.total = total;
  }

  private void paint() {
    try {
      for (int turn = 0; !ended.await(PERIOD_MILLIS, TimeUnit.MILLISECONDS); turn++) {
        out.print(CLEARED_LINE + line(turn));
        out.flush();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String line(int turn) {
    double seconds = (System.nanoTime() - start) / 1e9;
    String size = total > 0 ? " " + bar(done, total) : "";
    char spinner = SPINNER.charAt(turn % SPINNER.length());
    return String.format(Locale.ROOT, "%s %s%s %.1f s", spinner, what, size, seconds);
  }

  /** Such as {@code [#####.....] 12.3 of 24.6 MB}. */
  static String bar(long done, long total) {
    int filled = (int) (BAR * Math.min(done, total) / total);
    return String.format(
        Locale.ROOT,
        "[%s%s] %.1f of %.1f MB",
        "#".repeat(filled),
        ".".repeat(BAR - filled),
        Math.min(done, total) / MEGA,
        total / MEGA);
  }

  /** Clears the line. */
  void end() {
    ended.countDown();
    if (painter.isAlive()) {
      try {
        painter.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      out.print(CLEARED_LINE);
      out.flush();
    }
  }
}
