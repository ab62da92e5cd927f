package org.hlo4j.examples.wave;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import org.hlo4j.examples.drawing.Palette;

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
    int[] colours = new int[WALL + 1];
    for (int shade = 0; shade < WALL; shade++) {
      double place = shade * (STOPS.length - 1.0) / (WALL - 1);
      int stop = Math.min((int) place, STOPS.length - 2);
      colours[shade] = Palette.between(STOPS[stop], STOPS[stop + 1], place - stop);
    }
    colours[WALL] = WALL_COLOUR;
    return new IndexColorModel(6, WALL + 1, colours, 0, false, -1, DataBuffer.TYPE_BYTE);
  }
}
