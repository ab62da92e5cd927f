package org.hlo4j.examples.options;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;
import org.hlo4j.examples.drawing.Palette;
import org.hlo4j.examples.drawing.Pictures;
import org.hlo4j.examples.drawing.StrokeFont;

/** Draws how a simulated price comes closer to the formula's, the more paths there are. */
record ConvergenceChart(List<ConvergenceChart.Point> points, double formula) {
  private static final int WIDTH = 960;
  private static final int HEIGHT = 480;
  private static final double LEFT = 96;
  private static final double RIGHT = WIDTH - 40;
  private static final double TOP = 100;
  private static final double BOTTOM = HEIGHT - 72;
  private static final double SIGMAS = 2;
  private static final StrokeFont TITLE = StrokeFont.bold(17);
  private static final StrokeFont LABEL = StrokeFont.regular(10);
  private static final Color BAND = new Color(0xDCE6FB);

  /**
   * How far the simulation had come.
   *
   * @param paths how many there were
   * @param price what they said
   * @param error the standard error of that
   */
  record Point(double paths, double price, double error) {}

  private double reach() {
    return 1.15 * SIGMAS * points.getFirst().error();
  }

  /** A picture of points, of which there is at least one, in the order of their paths. */
  static BufferedImage draw(List<Point> points, double formula) {
    BufferedImage image = Pictures.blank(WIDTH, HEIGHT);
    Graphics2D graphics = Pictures.pen(image);
    new ConvergenceChart(points, formula).draw(graphics);
    graphics.dispose();
    return image;
  }

  private void draw(Graphics2D graphics) {
    Point last = points.getLast();
    String title =
        String.format(
            Locale.ROOT, "The call costs %.4f; the simulation says %.4f", formula, last.price());
    TITLE.draw(graphics, Palette.INK, title, 32, 44);
    LABEL.draw(graphics, Palette.MUTED, "How far it is off, and twice its standard error", 32, 72);
    graphics.setColor(Palette.CARD);
    graphics.fill(new Rectangle2D.Double(LEFT, TOP, RIGHT - LEFT, BOTTOM - TOP));
    drawBand(graphics);
    drawTicks(graphics);
    drawCurve(graphics);
  }

  private void drawBand(Graphics2D graphics) {
    Path2D band = new Path2D.Double();
    for (Point point : points) {
      double x = x(point.paths());
      double y = y(SIGMAS * point.error());
      add(band, x, y);
    }
    for (Point point : points.reversed()) {
      band.lineTo(x(point.paths()), y(-SIGMAS * point.error()));
    }
    band.closePath();
    graphics.setColor(BAND);
    graphics.fill(band);
  }

  private void drawCurve(Graphics2D graphics) {
    Path2D curve = new Path2D.Double();
    for (Point point : points) {
      double x = x(point.paths());
      double y = y(Math.clamp(point.price() - formula, -reach(), reach()));
      add(curve, x, y);
    }
    graphics.setColor(Palette.CURVE);
    graphics.setStroke(new BasicStroke(2.2f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    graphics.draw(curve);
  }

  private static void add(Path2D path, double x, double y) {
    if (path.getCurrentPoint() == null) {
      path.moveTo(x, y);
    } else {
      path.lineTo(x, y);
    }
  }

  private void drawTicks(Graphics2D graphics) {
    graphics.setStroke(new BasicStroke(1));
    for (int tick = -2; tick <= 2; tick++) {
      double value = tick * points.getFirst().error();
      graphics.setColor(tick == 0 ? Palette.MUTED : Palette.GRID);
      graphics.draw(new Line2D.Double(LEFT, y(value), RIGHT, y(value)));
      String text = tick == 0 ? "0" : String.format(Locale.ROOT, "%+.3f", value);
      LABEL.drawRight(graphics, Palette.MUTED, text, LEFT - 12, y(value) + 5);
    }
    double last = points.getLast().paths();
    for (double paths = points.getFirst().paths(); paths <= last; paths *= 4) {
      graphics.setColor(Palette.MUTED);
      graphics.draw(new Line2D.Double(x(paths), BOTTOM, x(paths), BOTTOM + 5));
      String text = String.format(Locale.ROOT, "%.1f M", paths / 1e6);
      LABEL.drawCentred(graphics, Palette.MUTED, text, x(paths), BOTTOM + 22);
    }
    LABEL.drawCentred(graphics, Palette.MUTED, "paths", (LEFT + RIGHT) / 2, BOTTOM + 46);
  }

  /** Each factor of paths has the same width. */
  private double x(double paths) {
    double first = Math.log(points.getFirst().paths());
    double last = Math.log(Math.max(points.getLast().paths(), points.getFirst().paths() + 1));
    return LEFT + 24 + (Math.log(paths) - first) / (last - first) * (RIGHT - LEFT - 48);
  }

  private double y(double off) {
    return (TOP + BOTTOM) / 2 - off / reach() * (BOTTOM - TOP) / 2;
  }
}
