package org.hlo4j.examples.drawing;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Text drawn with a pen: a machine without fonts, on which {@code java.awt.Font} fails, draws it
 * just the same.
 */
public record StrokeFont(double height, float pen) {
  /** The height of a capital, in the units that glyphs are drawn in. */
  private static final double CAPITAL = 20;

  private static final double GAP = 4.8;
  private static final Map<Integer, Glyph> GLYPHS = read(StrokeFontGlyphs.TEXT);
  private static final Glyph UNKNOWN = Objects.requireNonNull(GLYPHS.get(0xFFFD));

  /** What the pen does for a character, its baseline at 0 and y growing downwards. */
  private record Glyph(double width, Path2D path) {}

  /** A font whose capitals have this height. */
  public static StrokeFont regular(double height) {
    return new StrokeFont(height, 2.5f);
  }

  /** The same with a broader pen. */
  public static StrokeFont bold(double height) {
    return new StrokeFont(height, 3.5f);
  }

  public double width(String text) {
    double units = text.codePoints().mapToDouble(c -> glyph(c).width() + GAP).sum();
    return Math.max(0, units - GAP) * scale();
  }

  /** Draws text, and answers where it ends. */
  public double draw(Graphics2D graphics, Color color, String text, double x, double baseline) {
    Graphics2D pens = (Graphics2D) graphics.create();
    pens.setColor(color);
    pens.translate(x, baseline);
    pens.scale(scale(), scale());
    pens.setStroke(new BasicStroke(pen, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    text.codePoints()
        .mapToObj(StrokeFont::glyph)
        .forEach(
            glyph -> {
              pens.draw(glyph.path());
              pens.translate(glyph.width() + GAP, 0);
            });
    pens.dispose();
    return x + width(text);
  }

  public void drawRight(
      Graphics2D graphics, Color color, String text, double right, double baseline) {
    draw(graphics, color, text, right - width(text), baseline);
  }

  public void drawCentred(
      Graphics2D graphics, Color color, String text, double centre, double baseline) {
    draw(graphics, color, text, centre - width(text) / 2, baseline);
  }

  private double scale() {
    return height / CAPITAL;
  }

  private static Glyph glyph(int character) {
    return GLYPHS.getOrDefault(character, UNKNOWN);
  }

  private static Map<Integer, Glyph> read(String text) {
    Map<Integer, Glyph> glyphs = new HashMap<>();
    glyphs.put((int) ' ', new Glyph(4, new Path2D.Double()));
    text.lines()
        .forEach(
            line -> {
              String[] words = line.split(" +", 3);
              Path2D path = StrokePath.parse(words[2]);
              path.transform(AffineTransform.getScaleInstance(1, -1));
              glyphs.put(line.codePointAt(0), new Glyph(Double.parseDouble(words[1]), path));
            });
    return glyphs;
  }
}
