package org.hlo4j.examples.serve;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The figures of several ways to serve, measured in turns so that all see the same machine. */
final class LoadTable {
  private final Map<String, Row> rows = new LinkedHashMap<>();

  /** What came of the rounds of a way. */
  private static final class Row {
    private final List<LoadRun.Outcome> rounds = new ArrayList<>();
    private double meanBatch = 1;

    double perSecond() {
      return median(LoadRun.Outcome::perSecond);
    }

    double median(ToDoubleFunction<LoadRun.Outcome> figure) {
      double[] all = rounds.stream().mapToDouble(figure).sorted().toArray();
      return all[all.length / 2];
    }
  }

  void add(String name, LoadRun.Outcome outcome, double meanBatch) {
    Row row = row(name);
    row.rounds.add(outcome);
    row.meanBatch = meanBatch;
  }

  private Row row(String name) {
    return rows.computeIfAbsent(name, unknown -> new Row());
  }

  /** How many times as many requests a second one way serves as another. */
  double ratio(String name, String other) {
    return row(name).perSecond() / row(other).perSecond();
  }

  void print(PrintStream out) {
    out.printf(
        "%-24s%12s%9s%9s%9s%9s%12s%n",
        "", "requests/s", "p50 ms", "p90 ms", "p99 ms", "max ms", "mean batch");
    rows.forEach((name, row) -> print(out, name, row));
  }

  private static void print(PrintStream out, String name, Row row) {
    out.printf(Locale.ROOT, "%-24s%,12.0f", name, row.perSecond());
    for (double share : new double[] {0.5, 0.9, 0.99, 1}) {
      out.printf(Locale.ROOT, "%9.2f", row.median(round -> round.milliseconds(share)));
    }
    out.printf(Locale.ROOT, "%12.1f%n", row.meanBatch);
  }
}
