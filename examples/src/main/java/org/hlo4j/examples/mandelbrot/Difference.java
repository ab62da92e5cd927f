package org.hlo4j.examples.mandelbrot;

import java.awt.image.BufferedImage;
import java.util.Locale;

/**
 * How much two pictures differ.
 *
 * @param pixels how many there are
 * @param different how many have not exactly the same colour
 * @param visible how many differ by more than 8 of 255 in a channel
 */
record Difference(int pixels, int different, int visible) {
  private static final int VISIBLE = 8;

  static Difference between(BufferedImage first, BufferedImage second) {
    int different = 0;
    int visible = 0;
    for (int y = 0; y < first.getHeight(); y++) {
      for (int x = 0; x < first.getWidth(); x++) {
        int most = most(first.getRGB(x, y), second.getRGB(x, y));
        different += most > 0 ? 1 : 0;
        visible += most > VISIBLE ? 1 : 0;
      }
    }
    return new Difference(first.getWidth() * first.getHeight(), different, visible);
  }

  private static int most(int first, int second) {
    int most = 0;
    for (int shift = 0; shift <= 16; shift += 8) {
      most = Math.max(most, Math.abs((first >> shift & 0xFF) - (second >> shift & 0xFF)));
    }
    return most;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "Pixels that differ from plain Java's: %.3f%%; by more than 8 of 255: %.3f%%",
        100.0 * different / pixels,
        100.0 * visible / pixels);
  }
}
