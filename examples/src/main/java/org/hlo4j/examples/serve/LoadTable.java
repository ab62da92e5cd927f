package org.hlo4j.examples.serve;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The figures of several ways to serve, measured in turns so that all see the same machine. */
final class LoadTable {
  private final List<Row> rows = new ArrayList<>();

  /** A way, and what came of its rounds. */
  private static final class Row {
    private final String name;
    private final List<LoadRun.Outcome> rounds = new ArrayList<>();
    private double meanBatch = 1;

    Row(String name) {
      this.name = name;
    }

    double perSecond() {
      double[] all = rounds.stream().mapToDouble(LoadRun.Outcome::perSecond).sorted().toArray();
      return all[all.length / 2];
    }

    double milliseconds(double share) {
      double[] all =
          rounds.stream().mapToDouble(round -> round.milliseconds(share)).sorted().toArray();
      return all[all.length / 2];
    }
  }

  void add(String name, LoadRun.Outcome outcome, double meanBatch) {
    Row row = row(name);
    row.rounds.add(outcome);
    row.meanBatch = meanBatch;
  }

  private Row row(String name) {
    for (Row row : rows) {
      if (row.name.equals(name)) {
        return row;
      }
    }
    Row added = new Row(name);
    rows.add(added);
    return added;
  }

  /** How many times as many requests a second one way serves as another. */
  double ratio(String name, String other) {
    return row(name).perSecond() / row(other).perSecond();
  }

  void print(PrintStream out) {
    out.printf(
        "%-24s%12s%9s%9s%9s%9s%12s%n",
        "", "requests/s", "p50 ms", "p90 ms", "p99 ms", "max ms", "mean batch");
    for (Row row : rows) {
      double[] latencies =
          Arrays.stream(new double[] {0.5, 0.9, 0.99, 1}).map(row::milliseconds).toArray();
      out.printf(
          Locale.ROOT,
          "%-24s%,12.0f%9.2f%9.2f%9.2f%9.2f%12.1f%n",
          row.name,
          row.perSecond(),
          latencies[0],
          latencies[1],
          latencies[2],
          latencies[3],
          row.meanBatch);
    }
  }
}
