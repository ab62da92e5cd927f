package org.hlo4j.data;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.Raster;

/** The samples of an image, 8 bits each, in rows of pixels with interleaved channels. */
final class Channels {
  private static final int GREY = 1;
  private static final int COLOUR = 3;
  private static final int COLOUR_AND_ALPHA = 4;
  private static final int FULL = 0xFF;

  private Channels() {}

  static boolean exist(long channels) {
    return channels == GREY || channels == COLOUR || channels == COLOUR_AND_ALPHA;
  }

  static byte[] read(BufferedImage image, int channels) {
    int width = image.getWidth();
    byte[] samples = new byte[Math.multiplyExact(width * channels, image.getHeight())];
    int[] row = new int[width];
    for (int y = 0; y < image.getHeight(); y++) {
      readRow(image, y, row);
      for (int x = 0; x < width; x++) {
        put(row[x], samples, (y * width + x) * channels, channels);
      }
    }
    return samples;
  }

  private static void readRow(BufferedImage image, int y, int[] row) {
    ColorModel model = image.getColorModel();
    if (model.getColorSpace().getType() != ColorSpace.TYPE_GRAY) {
      image.getRGB(0, y, row.length, 1, row, 0, row.length);
      return;
    }
    // Java assumes grey to be linear, which files never are, and would brighten it.
    Raster raster = image.getRaster();
    for (int x = 0; x < row.length; x++) {
      int grey = scaled(raster.getSample(x, y, 0), model.getComponentSize(0));
      int alpha =
          model.hasAlpha() ? scaled(raster.getSample(x, y, 1), model.getComponentSize(1)) : FULL;
      row[x] = alpha << 24 | grey << 16 | grey << 8 | grey;
    }
  }

  private static int scaled(int sample, int bits) {
    long most = (1L << bits) - 1;
    return (int) ((Integer.toUnsignedLong(sample) * FULL + most / 2) / most);
  }

  private static void put(int argb, byte[] samples, int at, int channels) {
    int red = argb >> 16 & FULL;
    int green = argb >> 8 & FULL;
    int blue = argb & FULL;
    if (channels == GREY) {
      samples[at] = (byte) ((red * 19595 + green * 38470 + blue * 7471 + (1 << 15)) >> 16);
      return;
    }
    samples[at] = (byte) red;
    samples[at + 1] = (byte) green;
    samples[at + 2] = (byte) blue;
    if (channels == COLOUR_AND_ALPHA) {
      samples[at + 3] = (byte) (argb >>> 24);
    }
  }

  static BufferedImage write(byte[] samples, int width, int height, int channels) {
    BufferedImage image =
        new BufferedImage(
            width,
            height,
            switch (channels) {
              case GREY -> BufferedImage.TYPE_BYTE_GRAY;
              case COLOUR -> BufferedImage.TYPE_INT_RGB;
              default -> BufferedImage.TYPE_INT_ARGB;
            });
    if (channels == GREY) {
      image.getRaster().setDataElements(0, 0, width, height, samples);
      return image;
    }
    for (int i = 0; i < width * height; i++) {
      int at = i * channels;
      int alpha = channels == COLOUR_AND_ALPHA ? samples[at + 3] & FULL : FULL;
      image.setRGB(
          i % width,
          i / width,
          alpha << 24
              | (samples[at] & FULL) << 16
              | (samples[at + 1] & FULL) << 8
              | (samples[at + 2] & FULL));
    }
    return image;
  }
}
