package org.hlo4j.examples.wave;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;

/** The 64 colours of a frame: blue troughs, dark rest, golden crests, and grey walls. */
final class Shades {
  private static final int WALL = 63;
  private static final int[] STOPS = {
    0xC9F2FF, 0x3FA9F5, 0x1B4FA8, 0x0B1026, 0x9C3D10, 0xF5A03C, 0xFFF3CF
  };
  private static final int WALL_COLOUR = 0x8A92A6;
  private static final IndexColorModel MODEL = model();

  private Shades() {}

  static BufferedImage paint(byte[] frame) {
    BufferedImage image =
        new BufferedImage(Waves.WIDTH, Waves.HEIGHT, BufferedImage.TYPE_BYTE_INDEXED, MODEL);
    byte[] pixels = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    for (int i = 0; i < pixels.length; i++) {
      boolean wall = Scene.isWall(i / Waves.WIDTH, i % Waves.WIDTH);
      pixels[i] = wall ? WALL : frame[i];
    }
    return image;
  }

  private static IndexColorModel model() {
    byte[][] channels = new byte[3][WALL + 1];
    for (int shade = 0; shade <= WALL; shade++) {
      for (int channel = 0; channel < 3; channel++) {
        channels[channel][shade] = (byte) channel(shade, 16 - 8 * channel);
      }
    }
    return new IndexColorModel(6, WALL + 1, channels[0], channels[1], channels[2]);
  }

  private static int channel(int shade, int shift) {
    if (shade == WALL) {
      return WALL_COLOUR >> shift & 0xFF;
    }
    double place = shade * (STOPS.length - 1.0) / (WALL - 1);
    int stop = Math.min((int) place, STOPS.length - 2);
    int from = STOPS[stop] >> shift & 0xFF;
    int to = STOPS[stop + 1] >> shift & 0xFF;
    return (int) Math.round(from + (to - from) * (place - stop));
  }
}
