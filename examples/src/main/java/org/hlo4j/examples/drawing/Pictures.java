package org.hlo4j.examples.drawing;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Makes pictures, and writes them to files. */
public final class Pictures {
  static {
    // No window is opened, and a machine without a display has none of the libraries for one.
    System.setProperty("java.awt.headless", "true");
  }

  private Pictures() {}

  /** The file that an example's first argument names, or one of this name in the folder here. */
  public static Path path(String[] args, String name) {
    return Path.of(args.length > 0 ? args[0] : name).toAbsolutePath().normalize();
  }

  /** A picture that is all background. */
  public static BufferedImage blank(int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = pen(image);
    graphics.setColor(Palette.BACKGROUND);
    graphics.fillRect(0, 0, width, height);
    graphics.dispose();
    return image;
  }

  /** Draws on a picture with smooth edges. The caller disposes of it. */
  public static Graphics2D pen(BufferedImage image) {
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    return graphics;
  }

  /** Writes the picture as a PNG, into a folder that is made if need be. */
  public static void write(BufferedImage image, Path file) throws IOException {
    makeFolder(file);
    if (!ImageIO.write(image, "png", file.toFile())) {
      throw new IOException("This Java runtime writes no PNG");
    }
  }

  /** Makes the folder that a file goes into. */
  public static void makeFolder(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
  }
}
