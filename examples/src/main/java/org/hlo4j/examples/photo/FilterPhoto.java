package org.hlo4j.examples.photo;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.awt.image.ConvolveOp;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hlo4j.BufferPromise;
import org.hlo4j.Device;
import org.hlo4j.Pjrt;
import org.hlo4j.Promise;
import org.hlo4j.examples.drawing.Pictures;
import org.hlo4j.examples.drawing.StrokeFont;
import org.hlo4j.examples.photo.Filters.Photo;
import org.hlo4j.examples.photo.Filters.Weights;
import org.hlo4j.examples.timing.Race;

/** Filters a photo, and tells how long that takes beside the JDK's own filters. */
public final class FilterPhoto {
  static final float[] SHARPER = {0, -1, 0, -1, 5, -1, 0, -1, 0};
  private static final int BLURS = 6;
  private static final int ROUNDS = 31;
  private static final int GAP = 8;
  private static final Color LABEL = new Color(0xC0101522, true);

  private FilterPhoto() {}

  /** Takes the file to draw to; {@code photo.png} here if there is none. */
  public static void main(String[] args) throws IOException {
    Path picture = Pictures.path(args, "photo.png");
    BufferedImage photo = Pixels.load();
    try (Pjrt pjrt = Pjrt.open()) {
      Device device = pjrt.device();
      FiltersKernels.prepare(device).value();
      Pictures.write(grid(filtered(device, photo)), picture);
      System.out.println("Picture: " + picture);
      Filters filters = FiltersKernels.sync(device);
      blurs(filters, device, photo).run(ROUNDS).print(System.out);
      sharpening(filters, device, photo).run(ROUNDS).print(System.out);
    }
  }

  /** The photo and what the filters make of it, by name. */
  static Map<String, BufferedImage> filtered(Device device, BufferedImage photo) {
    FiltersAsync filters = FiltersKernels.async(device);
    BufferPromise<Photo> original = device.putAsync(Photo.class, Pixels.of(photo));
    BufferPromise<Photo> blurred = original;
    for (int i = 0; i < BLURS; i++) {
      blurred = filters.blur(blurred);
    }
    BufferPromise<Weights> weights = device.putAsync(Weights.class, SHARPER);
    Map<String, Promise<byte[]>> ordered = new LinkedHashMap<>();
    ordered.put("photo", original.toByteArrayAsync());
    ordered.put("blurred " + BLURS + " times", blurred.toByteArrayAsync());
    ordered.put("sharper", filters.convolve(original, weights).toByteArrayAsync());
    ordered.put("edges", filters.edges(filters.blur(original)).toByteArrayAsync());

    Map<String, BufferedImage> pictures = new LinkedHashMap<>();
    ordered.forEach((name, pixels) -> pictures.put(name, Pixels.picture(pixels.value())));
    return pictures;
  }

  private static Race blurs(Filters filters, Device device, BufferedImage photo) {
    byte[] pixels = Pixels.of(photo);
    ConvolveOp blur = PlainJava.blur();
    ConvolveOp rows = PlainJava.halfOfBlur(true);
    ConvolveOp columns = PlainJava.halfOfBlur(false);
    return new Race()
        .with("blur, hlo4j", () -> filters.blur(device.put(Photo.class, pixels)).toByteArray())
        .with("blur, ConvolveOp", () -> PlainJava.filter(blur, photo))
        .with(
            "blur, ConvolveOp, rows, columns",
            () -> PlainJava.filter(columns, PlainJava.filter(rows, photo)));
  }

  private static Race sharpening(Filters filters, Device device, BufferedImage photo) {
    byte[] pixels = Pixels.of(photo);
    ConvolveOp sharper = PlainJava.convolve(SHARPER);
    return new Race()
        .with(
            "sharper, hlo4j", () -> filters.sharpen(device.put(Photo.class, pixels)).toByteArray())
        .with(
            "sharper, hlo4j, a convolution",
            () ->
                filters
                    .convolve(device.put(Photo.class, pixels), device.put(Weights.class, SHARPER))
                    .toByteArray())
        .with("sharper, ConvolveOp", () -> PlainJava.filter(sharper, photo));
  }

  private static BufferedImage grid(Map<String, BufferedImage> pictures) {
    BufferedImage grid = Pictures.blank(2 * Photo.WIDTH + 3 * GAP, 2 * Photo.HEIGHT + 3 * GAP);
    Graphics2D graphics = Pictures.pen(grid);
    StrokeFont font = StrokeFont.regular(9);
    int place = 0;
    for (Map.Entry<String, BufferedImage> picture : pictures.entrySet()) {
      int x = GAP + place % 2 * (Photo.WIDTH + GAP);
      int y = GAP + place / 2 * (Photo.HEIGHT + GAP);
      graphics.drawImage(picture.getValue(), x, y, null);
      double bottom = y + Photo.HEIGHT;
      graphics.setColor(LABEL);
      graphics.fill(new Rectangle2D.Double(x, bottom - 26, font.width(picture.getKey()) + 20, 26));
      font.draw(graphics, Color.WHITE, picture.getKey(), x + 10, bottom - 9);
      place++;
    }
    graphics.dispose();
    return grid;
  }
}
