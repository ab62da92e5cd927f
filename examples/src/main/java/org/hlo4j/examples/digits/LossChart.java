package org.hlo4j.examples.digits;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import org.hlo4j.examples.drawing.LogScale;
import org.hlo4j.examples.drawing.Palette;
import org.hlo4j.examples.drawing.StrokeFont;

/** Draws the loss of each training step, and a line through their middle. */
@SuppressWarnings("ArrayRecordComponent") // nobody compares them
record LossChart(
    Graphics2D graphics,
    double[] losses,
    double left,
    double right,
    double bottom,
    LogScale scale) {
  private static final StrokeFont LABEL = StrokeFont.regular(10);
  private static final StrokeFont VALUE = StrokeFont.bold(11);
  private static final int MOST_STEP_TICKS = 7;

  /** The smoothed line looks this share of all steps ahead and back. */
  private static final double REACH = 0.025;

  /** Draws the chart with all its labels inside these bounds. */
  static void draw(
      Graphics2D graphics, double[] losses, double x, double y, double width, double height) {
    double bottom = y + height - 44;
    LogScale scale = LogScale.of(losses, bottom, y + 26);
    new LossChart(graphics, losses, x + 48, x + width - 56, bottom, scale).draw();
  }

  private void draw() {
    drawLossTicks();
    drawStepTicks();
    double[] smoothed = smoothed();
    drawLegend();
    drawCurve(losses, Palette.FAINT_CURVE, 1.1f);
    drawCurve(smoothed, Palette.CURVE, 2.8f);
    if (losses.length > 0) {
      drawLast(smoothed[losses.length - 1]);
    }
  }

  private void drawLossTicks() {
    for (double tick : scale.ticks()) {
      double y = scale.y(tick);
      drawLine(Palette.GRID, left, y, right, y);
      LABEL.drawRight(graphics, Palette.MUTED, plain(tick), left - 12, y + 5);
    }
    LABEL.drawRight(graphics, Palette.MUTED, "loss", left - 12, scale.top() - 10);
  }

  private void drawStepTicks() {
    int step = stepsATick();
    for (int tick = 0; tick <= losses.length; tick += step) {
      double x = x(tick);
      drawLine(Palette.MUTED, x, bottom, x, bottom + 5);
      LABEL.drawCentred(graphics, Palette.MUTED, Integer.toString(tick), x, bottom + 21);
    }
    drawLine(Palette.MUTED, left, bottom, right, bottom);
    LABEL.drawCentred(graphics, Palette.MUTED, "training step", (left + right) / 2, bottom + 42);
  }

  /** The smallest of 1, 2, 5, 10, 20, 50, ... that leaves room for the labels. */
  private int stepsATick() {
    int power = 1;
    while (true) {
      for (int factor : new int[] {1, 2, 5}) {
        if (losses.length / (factor * power) < MOST_STEP_TICKS) {
          return factor * power;
        }
      }
      power *= 10;
    }
  }

  private void drawLegend() {
    double y = scale.top() - 15;
    double x = right;
    x = drawKey("smoothed", Palette.CURVE, 2.8f, x, y);
    drawKey("each step", Palette.FAINT_CURVE, 1.5f, x - 22, y);
  }

  private double drawKey(String text, Color color, float width, double end, double y) {
    double start = end - LABEL.width(text);
    LABEL.draw(graphics, Palette.MUTED, text, start, y + 5);
    graphics.setColor(color);
    graphics.setStroke(new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    graphics.draw(new Line2D.Double(start - 34, y, start - 10, y));
    return start - 34;
  }

  private void drawCurve(double[] values, Color color, float width) {
    Path2D curve = new Path2D.Double();
    boolean drawing = false;
    for (int i = 0; i < values.length; i++) {
      if (!LogScale.isDrawable(values[i])) {
        drawing = false;
      } else if (drawing) {
        curve.lineTo(x(i + 1), scale.y(values[i]));
      } else {
        curve.moveTo(x(i + 1), scale.y(values[i]));
        drawing = true;
      }
    }
    graphics.setColor(color);
    graphics.setStroke(new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    graphics.draw(curve);
  }

  private void drawLast(double value) {
    if (LogScale.isDrawable(value)) {
      VALUE.draw(graphics, Palette.CURVE, rounded(value), right + 10, scale.y(value) + 5.5);
    }
  }

  /** The geometric mean of the neighbours: the middle of what the eye sees on this scale. */
  private double[] smoothed() {
    int reach = (int) Math.round(losses.length * REACH);
    double[] smoothed = new double[losses.length];
    for (int i = 0; i < losses.length; i++) {
      int back = Math.min(reach, i);
      // Never further ahead than back: the loss falls fast at first, and the line starts high.
      int ahead = Math.min(back, losses.length - 1 - i);
      double sum = 0;
      for (int j = i - back; j <= i + ahead; j++) {
        sum += Math.log(losses[j]);
      }
      smoothed[i] = Math.exp(sum / (back + 1 + ahead));
    }
    return smoothed;
  }

  private void drawLine(Color color, double x1, double y1, double x2, double y2) {
    graphics.setColor(color);
    graphics.setStroke(new BasicStroke(1));
    // Half a pixel off, a line of one pixel's width stands on pixels rather than between them.
    graphics.draw(
        new Line2D.Double(
            Math.floor(x1) + 0.5,
            Math.floor(y1) + 0.5,
            Math.floor(x2) + 0.5,
            Math.floor(y2) + 0.5));
  }

  private double x(double step) {
    return left + step / Math.max(1, losses.length) * (right - left);
  }

  private static String plain(double tick) {
    return new BigDecimal(tick, new MathContext(1)).toPlainString();
  }

  private static String rounded(double value) {
    return value < 0.001
        ? String.format(Locale.ROOT, "%.0e", value)
        : new BigDecimal(value, new MathContext(2)).toPlainString();
  }
}
