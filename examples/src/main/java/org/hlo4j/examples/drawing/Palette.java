package org.hlo4j.examples.drawing;

import java.awt.Color;

/** The colours of the picture. */
public final class Palette {
  public static final Color BACKGROUND = new Color(0xF4F5F8);
  public static final Color CARD = Color.WHITE;
  public static final Color BORDER = new Color(0xDFE2EA);
  public static final Color GRID = new Color(0xEBEDF2);
  public static final Color INK = new Color(0x1B2030);
  public static final Color MUTED = new Color(0x6B7285);
  public static final Color FAINT_CURVE = new Color(0xB4C5F2);
  public static final Color CURVE = new Color(0x2F5FD0);
  public static final Color RIGHT = new Color(0x1E8A5A);
  public static final Color WRONG = new Color(0xD23B4B);

  private Palette() {}

  /** A colour between two, {@code share} of the way from the first to the second. */
  public static Color between(Color first, Color second, double share) {
    return new Color(
        between(first.getRed(), second.getRed(), share),
        between(first.getGreen(), second.getGreen(), share),
        between(first.getBlue(), second.getBlue(), share));
  }

  private static int between(int first, int second, double share) {
    return (int) Math.round(first + (second - first) * share);
  }
}
