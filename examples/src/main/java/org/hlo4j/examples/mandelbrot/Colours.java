package org.hlo4j.examples.mandelbrot;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.util.stream.IntStream;
import org.hlo4j.examples.drawing.Palette;

/** Colours for numbers of steps: night, blue, white, gold, and night again. */
final class Colours {
  private static final double[] PLACES = {0, 0.16, 0.42, 0.64, 0.86, 1};
  private static final int[] STOPS = {0x000764, 0x206BCB, 0xEDFFFF, 0xFFAA00, 0x000200, 0x000764};
  private static final int STAYS = 0x000000;

  /** How many colours there are between the first stop and the last. */
  private static final int SHADES = 4096;

  private final int[] shades = new int[SHADES];

  Colours() {
    for (int i = 0; i < SHADES; i++) {
      shades[i] = between((double) i / SHADES);
    }
  }

  /** A picture of the numbers of steps, row by row; black where it is 0. */
  BufferedImage paint(float[] steps, int width) {
    int height = steps.length / width;
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    int[] pixels = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
    IntStream.range(0, height)
        .parallel()
        .forEach(
            row -> {
              for (int i = row * width; i < (row + 1) * width; i++) {
                pixels[i] = colour(steps[i]);
              }
            });
    return image;
  }

  /** Where steps are many they change fast: by their logarithm, the colours do not. */
  int colour(float steps) {
    if (steps == 0) {
      return STAYS;
    }
    double turns = Math.log(Math.max(1, steps + 8)) * 0.62;
    return shades[(int) ((turns - Math.floor(turns)) * SHADES)];
  }

  private static int between(double place) {
    int stop = 1;
    while (PLACES[stop] < place) {
      stop++;
    }
    double share = (place - PLACES[stop - 1]) / (PLACES[stop] - PLACES[stop - 1]);
    // Slow at both ends, so that no stop shows as an edge.
    double eased = share * share * (3 - 2 * share);
    return Palette.between(STOPS[stop - 1], STOPS[stop], eased);
  }
}
