package org.hlo4j.examples.serve;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import com.google.gson.Strictness;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.hlo4j.data.ImageTensors;
import org.hlo4j.type.ElementType;
import org.hlo4j.type.Shape;
import org.jspecify.annotations.Nullable;

/** Takes an image out of a request: 64 numbers in JSON, or a picture of black on white. */
final class DigitRequest {
  private static final int SIDE = 8;
  private static final int PIXELS = SIDE * SIDE;
  private static final int BLACKEST = 16;
  private static final int LARGEST_SIDE = 256;
  private static final int WHITE = 255;
  private static final Gson GSON = new GsonBuilder().setStrictness(Strictness.STRICT).create();

  private DigitRequest() {}

  /**
   * The pixels.
   *
   * @throws IllegalArgumentException if there are none; the message is for the caller
   */
  static byte[] read(byte[] body) {
    boolean picture = body.length > 1 && body[0] == (byte) 0x89 && body[1] == 'P';
    return picture ? ofPicture(body) : ofJson(new String(body, StandardCharsets.UTF_8));
  }

  private static byte[] ofJson(String json) {
    int @Nullable [] numbers;
    try {
      numbers = GSON.fromJson(json, int[].class);
    } catch (JsonParseException | IllegalArgumentException e) {
      throw new IllegalArgumentException("a JSON array of 64 integers is expected, or a PNG", e);
    }
    if (numbers == null || numbers.length != PIXELS) {
      throw new IllegalArgumentException(
          "64 numbers are expected, and there are " + (numbers == null ? 0 : numbers.length));
    }
    byte[] pixels = new byte[PIXELS];
    for (int i = 0; i < PIXELS; i++) {
      if (numbers[i] < 0 || numbers[i] > BLACKEST) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT, "number %d is %d, and not from 0 (paper) to 16 (ink)", i, numbers[i]));
      }
      pixels[i] = (byte) numbers[i];
    }
    return pixels;
  }

  private static byte[] ofPicture(byte[] file) {
    try (ImageInputStream stream = ImageIO.createImageInputStream(new ByteArrayInputStream(file))) {
      Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName("png");
      ImageReader reader = readers.next();
      try {
        reader.setInput(stream);
        checkSize(reader.getWidth(0), reader.getHeight(0));
        return shrunk(reader.read(0));
      } finally {
        reader.dispose();
      }
    } catch (IOException e) {
      throw new IllegalArgumentException("the PNG cannot be read: " + e.getMessage(), e);
    }
  }

  private static void checkSize(int width, int height) {
    if (width != height || width % SIDE != 0 || width > LARGEST_SIDE) {
      throw new IllegalArgumentException(
          "the PNG is %s by %s; a square is expected whose side is a multiple of 8, up to 256"
              .formatted(width, height));
    }
  }

  /** Each pixel is the mean of a square of the picture, as the digits themselves were made. */
  private static byte[] shrunk(BufferedImage picture) {
    int side = picture.getWidth();
    byte[] grey =
        ImageTensors.toTensor(picture, Shape.of(ElementType.U8, side, side)).toArray(byte[].class);
    int scale = side / SIDE;
    byte[] pixels = new byte[PIXELS];
    for (int i = 0; i < PIXELS; i++) {
      int ink = 0;
      for (int j = 0; j < scale * scale; j++) {
        int y = i / SIDE * scale + j / scale;
        int x = i % SIDE * scale + j % scale;
        ink += WHITE - Byte.toUnsignedInt(grey[y * side + x]);
      }
      pixels[i] = (byte) Math.round((float) ink * BLACKEST / (WHITE * scale * scale));
    }
    return pixels;
  }
}
