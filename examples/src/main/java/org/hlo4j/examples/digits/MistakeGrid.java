package org.hlo4j.examples.digits;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.Locale;
import org.hlo4j.examples.drawing.Palette;
import org.hlo4j.examples.drawing.StrokeFont;

/** Draws the digits that the network took for others, and what it took them for. */
final class MistakeGrid {
  private static final int MOST = 20;
  private static final int MOST_COLUMNS = 5;
  private static final int LARGEST_PIXEL = 22;
  private static final int BETWEEN = 22;
  private static final int CAPTION = 44;
  private static final int REST = 26;
  private static final StrokeFont NOTE = StrokeFont.regular(11);

  private MistakeGrid() {}

  static void draw(
      Graphics2D graphics, List<Mistake> mistakes, int x, int y, int width, int height) {
    if (mistakes.isEmpty()) {
      String nothing = "Nothing: each digit that was held back was read right.";
      NOTE.draw(graphics, Palette.MUTED, nothing, x, y + 22);
      return;
    }
    int shown = Math.min(mistakes.size(), MOST);
    int columns = Math.min(MOST_COLUMNS, (int) Math.ceil(Math.sqrt(shown)));
    int rows = (shown + columns - 1) / columns;
    int room = mistakes.size() > shown ? height - REST : height;
    int cellWidth = (width + BETWEEN) / columns;
    int cellHeight = (room + 10) / rows;
    int pixel =
        Math.clamp(
            Math.min(cellWidth - BETWEEN, cellHeight - CAPTION) / Digits.SIDE, 1, LARGEST_PIXEL);
    int across = Math.min(cellWidth, pixel * Digits.SIDE + 2 * BETWEEN);
    int down = pixel * Digits.SIDE + CAPTION;
    for (int i = 0; i < shown; i++) {
      drawMistake(
          graphics, mistakes.get(i), x + i % columns * across, y + i / columns * down, pixel);
    }
    if (mistakes.size() > shown) {
      String more = "... and " + (mistakes.size() - shown) + " more";
      NOTE.draw(graphics, Palette.MUTED, more, x, y + rows * down + 12);
    }
  }

  private static void drawMistake(Graphics2D graphics, Mistake mistake, int x, int y, int pixel) {
    int side = pixel * Digits.SIDE;
    for (int i = 0; i < Digits.PIXELS; i++) {
      double ink = (double) mistake.image()[i] / Digits.BLACKEST;
      graphics.setColor(Palette.between(Palette.CARD, Palette.INK, ink));
      graphics.fillRect(x + i % Digits.SIDE * pixel, y + i / Digits.SIDE * pixel, pixel, pixel);
    }
    graphics.setColor(Palette.BORDER);
    graphics.setStroke(new BasicStroke(1));
    graphics.draw(new Rectangle2D.Double(x - 0.5, y - 0.5, side + 1, side + 1));
    drawCaption(graphics, mistake, x, y + side, side);
  }

  private static void drawCaption(
      Graphics2D graphics, Mistake mistake, int x, int bottom, int width) {
    StrokeFont digits = StrokeFont.bold(width < 100 ? 11 : 13);
    StrokeFont small = StrokeFont.regular(width < 100 ? 9 : 11);
    double baseline = bottom + (width < 100 ? 19 : 23);
    double end =
        digits.draw(graphics, Palette.RIGHT, Integer.toString(mistake.label()), x, baseline);
    end = digits.draw(graphics, Palette.MUTED, "→", end + 7, baseline);
    end =
        digits.draw(graphics, Palette.WRONG, Integer.toString(mistake.taken()), end + 8, baseline);
    String sure = String.format(Locale.ROOT, "(%.0f%%)", 100 * mistake.probability());
    small.draw(graphics, Palette.MUTED, sure, end + 10, baseline - 1);
  }
}
