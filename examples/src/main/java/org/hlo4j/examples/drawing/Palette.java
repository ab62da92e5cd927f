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
    return new Color(between(first.getRGB(), second.getRGB(), share));
  }

  /** The same of colours as their red, green and blue in one number. */
  public static int between(int first, int second, double share) {
    int between = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      int from = first >> shift & 0xFF;
      int to = second >> shift & 0xFF;
      between |= (int) Math.round(from + (to - from) * share) << shift;
    }
    return between;
  }
}
