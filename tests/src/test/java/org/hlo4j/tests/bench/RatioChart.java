package org.hlo4j.tests.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The ratios as a drawing: a point for each median, a line for the spread, a mark for the target.
 */
final class RatioChart {
  private static final int WIDTH = 960;
  private static final int LEFT = 345;
  private static final int RIGHT = 24;
  private static final int TOP = 96;
  private static final int LINE = 44;
  private static final int BOTTOM = 44;
  private static final double[] TICKS = {0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100};

  /** One line of the chart. */
  private record Bar(Row row, Contender peer, Sample ratio, Optional<Double> limit) {
    double end() {
      return Math.max(ratio.most(), limit.orElse(0.0));
    }
  }

  private final StringBuilder drawing = new StringBuilder();
  private final List<Bar> bars = new ArrayList<>();
  private final List<Row> rows = new ArrayList<>();
  private final double least;
  private final double most;

  private RatioChart(Figures figures) {
    for (Row row : Row.values()) {
      int before = bars.size();
      add(figures, row, Contender.C);
      add(figures, row, Contender.JAX);
      if (bars.size() > before) {
        rows.add(row);
      }
    }
    least = 0.8 * bars.stream().mapToDouble(bar -> bar.ratio().least()).min().orElse(1);
    most = 1.2 * bars.stream().mapToDouble(Bar::end).max().orElse(1);
  }

  /** Draws the chart, as an SVG. */
  static String of(Figures figures) {
    return new RatioChart(figures).draw();
  }

  private void add(Figures figures, Row row, Contender peer) {
    Target target = row.target(peer);
    Optional<Double> limit =
        target == null || target.atLeast()
            ? Optional.empty()
            : figures
                .against(row, peer, (ours, theirs) -> target.limit().applyAsDouble(theirs) / theirs)
                .map(Sample::median);
    if (row.unit().isTime()) {
      figures.ratio(row, peer).ifPresent(ratio -> bars.add(new Bar(row, peer, ratio, limit)));
    }
  }

  private String draw() {
    int height = TOP + LINE * rows.size() + BOTTOM;
    append(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\""
            + " font-size=\"14\" fill=\"#1b2030\">\n",
        WIDTH, height);
    append("<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>\n", WIDTH, height);
    append(
        "<text x=\"24\" y=\"34\" font-size=\"19\" font-weight=\"bold\">Time of hlo4j over its"
            + " peers' (left is faster)</text>\n");
    drawLegend();
    drawTicks(height - BOTTOM);
    for (int i = 0; i < rows.size(); i++) {
      drawRow(rows.get(i), TOP + LINE * i);
    }
    return drawing.append("</svg>\n").toString();
  }

  private void drawLegend() {
    int x = 24;
    for (Contender peer : List.of(Contender.C, Contender.JAX)) {
      append("<circle cx=\"%d\" cy=\"58\" r=\"5\" fill=\"%s\"/>\n", x + 5, color(peer));
      append("<text x=\"%d\" y=\"63\">against %s</text>\n", x + 16, peer);
      x += 130;
    }
    append("<path d=\"M%d 50v16\" stroke=\"#1e8a5a\" stroke-width=\"3\"/>\n", x);
    append("<text x=\"%d\" y=\"63\">to reach: the point here, or left of it</text>\n", x + 10);
  }

  private void drawTicks(int bottom) {
    for (double tick : TICKS) {
      if (tick >= least && tick <= most) {
        append(
            "<path d=\"M%.1f %dV%d\" stroke=\"%s\"/>\n",
            x(tick), TOP - 12, bottom, tick == 1 ? "#6b7285" : "#e3e6ee");
        append(
            "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\" fill=\"#6b7285\">%s ×</text>\n",
            x(tick),
            bottom + 20,
            tick < 1 ? Double.toString(tick) : String.format(Locale.ROOT, "%.0f", tick));
      }
    }
  }

  private void drawRow(Row row, int top) {
    append(
        "<text x=\"%d\" y=\"%d\" text-anchor=\"end\" font-size=\"13\">%s</text>\n",
        LEFT - 14,
        top + LINE / 2 + 3,
        row.text().replace("`", "").replace("<", "&lt;").replace(">", "&gt;"));
    for (Bar bar : bars) {
      if (bar.row() == row) {
        drawBar(bar, top + (bar.peer() == Contender.C ? 12 : 28));
      }
    }
  }

  private void drawBar(Bar bar, int y) {
    bar.limit()
        .ifPresent(
            limit ->
                append(
                    "<path d=\"M%.1f %dv14\" stroke=\"#1e8a5a\" stroke-width=\"3\"/>\n",
                    x(limit), y - 7));
    append(
        "<path d=\"M%.1f %dH%.1f\" stroke=\"%s\" stroke-width=\"2.5\"/>\n",
        x(bar.ratio().least()), y, x(bar.ratio().most()), color(bar.peer()));
    append(
        "<circle cx=\"%.1f\" cy=\"%d\" r=\"5\" fill=\"%s\"/>\n",
        x(bar.ratio().median()), y, color(bar.peer()));
  }

  private static String color(Contender peer) {
    return peer == Contender.C ? "#2f5fd0" : "#d9822b";
  }

  private double x(double ratio) {
    double share = Math.log(ratio / least) / Math.log(most / least);
    return LEFT + Math.clamp(share, 0, 1) * (WIDTH - LEFT - RIGHT);
  }

  private void append(String format, Object... values) {
    drawing.append(String.format(Locale.ROOT, format, values));
  }
}
