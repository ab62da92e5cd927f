package org.hlo4j.examples.photo;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.hlo4j.examples.photo.Filters.Photo;

/** The bytes of pictures as the programs take them: blue, green and red of each pixel. */
final class Pixels {
  private Pixels() {}

  /** The photo that comes with the example. */
  static BufferedImage load() throws IOException {
    try (InputStream in = Pixels.class.getResourceAsStream("chelsea.jpg")) {
      return ImageIO.read(Objects.requireNonNull(in, "chelsea.jpg"));
    }
  }

  /** The bytes of a picture, without a copy. */
  static byte[] of(BufferedImage image) {
    if (image.getType() != BufferedImage.TYPE_3BYTE_BGR) {
      throw new IllegalArgumentException("A picture of three bytes a pixel is needed: " + image);
    }
    return ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
  }

  static BufferedImage picture(byte[] pixels) {
    BufferedImage image = blank();
    System.arraycopy(pixels, 0, of(image), 0, pixels.length);
    return image;
  }

  static BufferedImage blank() {
    return new BufferedImage(Photo.WIDTH, Photo.HEIGHT, BufferedImage.TYPE_3BYTE_BGR);
  }
}
