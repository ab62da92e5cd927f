package org.hlo4j.examples.wave;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Image;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.hlo4j.Pjrt;
import org.hlo4j.Promise;
import org.hlo4j.examples.drawing.Pictures;
import org.hlo4j.examples.drawing.StrokeFont;

/** Sends waves through two slits: a strip of pictures of how they spread, and an animation. */
public final class TwoSlits {
  private static final int PICTURES = 6;
  private static final int STEPS_A_PICTURE = 5 * Waves.PERIOD;
  private static final int STEPS_A_FRAME = 4;
  private static final int CENTISECONDS = 5;
  private static final int GAP = 8;
  private static final Color LABEL = new Color(0xC00B1026, true);

  private TwoSlits() {}

  /**
   * Takes the file to animate, {@code wave.gif} here if there is none; the strip goes beside it, as
   * a PNG of the same name.
   */
  public static void main(String[] args) throws IOException {
    Path animation = Pictures.path(args, "wave.gif");
    String name = animation.getFileName().toString();
    Path strip = animation.resolveSibling(name.replaceFirst("(\\.gif)?$", "") + ".png");
    try (Pjrt pjrt = Pjrt.open();
        Simulation simulation = new Simulation(pjrt.device())) {
      WavesKernels.prepare(pjrt.device()).value();
      WavesKernels.metadata().forEach(System.out::println);

      long start = System.nanoTime();
      List<BufferedImage> spreading = frames(simulation, PICTURES, STEPS_A_PICTURE);
      double seconds = (System.nanoTime() - start) / 1e9;
      int steps = simulation.steps();
      System.out.printf(
          Locale.ROOT,
          "%d steps of %d x %d cells in %.2f s%n",
          steps,
          Waves.WIDTH,
          Waves.HEIGHT,
          seconds);
      Pictures.write(strip(spreading), strip);
      System.out.println("Picture: " + strip);

      // By now each period looks like the one before it, so that one is enough for ever.
      int count = Waves.PERIOD / STEPS_A_FRAME;
      Animation.write(frames(simulation, count, STEPS_A_FRAME), CENTISECONDS, animation);
      System.out.println("Animation: " + animation);
    }
  }

  /** Orders all frames before it waits for the first. */
  private static List<BufferedImage> frames(Simulation simulation, int count, int steps) {
    List<Promise<byte[]>> ordered = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ordered.add(simulation.advance(steps));
    }
    return ordered.stream().map(Promise::value).map(Shades::paint).toList();
  }

  private static BufferedImage strip(List<BufferedImage> frames) {
    int width = Waves.WIDTH / 2;
    int height = Waves.HEIGHT / 2;
    BufferedImage strip = Pictures.blank(3 * width + 4 * GAP, 2 * height + 3 * GAP);
    Graphics2D graphics = Pictures.pen(strip);
    StrokeFont font = StrokeFont.regular(8);
    for (int i = 0; i < frames.size(); i++) {
      int x = GAP + i % 3 * (width + GAP);
      int y = GAP + i / 3 * (height + GAP);
      graphics.drawImage(
          frames.get(i).getScaledInstance(width, height, Image.SCALE_AREA_AVERAGING), x, y, null);
      String label = "step " + (i + 1) * STEPS_A_PICTURE;
      graphics.setColor(LABEL);
      graphics.fill(new Rectangle2D.Double(x, y + height - 20, font.width(label) + 16, 20));
      font.draw(graphics, Color.WHITE, label, x + 8, y + height - 6);
    }
    graphics.dispose();
    return strip;
  }
}
