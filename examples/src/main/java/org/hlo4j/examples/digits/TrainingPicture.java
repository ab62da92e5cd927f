package org.hlo4j.examples.digits;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;
import org.hlo4j.examples.drawing.Palette;
import org.hlo4j.examples.drawing.Pictures;
import org.hlo4j.examples.drawing.StrokeFont;

/** A picture of a training: how the loss went, and what the network still gets wrong. */
final class TrainingPicture {
  private static final int WIDTH = 1280;
  private static final int HEIGHT = 720;
  private static final int MARGIN = 32;
  private static final int PADDING = 24;
  private static final int CARD_TOP = 104;
  private static final int CARD_HEIGHT = HEIGHT - CARD_TOP - MARGIN;
  private static final int LOSS_WIDTH = 650;
  private static final int MISTAKES_LEFT = MARGIN + LOSS_WIDTH + PADDING;
  private static final int MISTAKES_WIDTH = WIDTH - MISTAKES_LEFT - MARGIN;
  private static final int CONTENT_TOP = CARD_TOP + 68;
  private static final int CONTENT_HEIGHT = CARD_HEIGHT - 68 - PADDING;

  private static final StrokeFont TITLE = StrokeFont.bold(21);
  private static final StrokeFont SUBTITLE = StrokeFont.regular(11);
  private static final StrokeFont HEADING = StrokeFont.bold(13);

  private TrainingPicture() {}

  /**
   * Draws the picture.
   *
   * @param losses one for each training step
   * @param heldBack how many digits were held back
   * @param mistakes those of them that the network took for others
   */
  static BufferedImage draw(double[] losses, int heldBack, List<Mistake> mistakes) {
    BufferedImage image = Pictures.blank(WIDTH, HEIGHT);
    Graphics2D graphics = Pictures.pen(image);

    drawTitle(graphics, losses.length, heldBack, mistakes.size());
    drawCard(graphics, "Training loss", MARGIN, LOSS_WIDTH);
    LossChart.draw(
        graphics, losses, MARGIN + PADDING, CONTENT_TOP, LOSS_WIDTH - 2 * PADDING, CONTENT_HEIGHT);
    drawCard(graphics, "What it got wrong", MISTAKES_LEFT, MISTAKES_WIDTH);
    MistakeGrid.draw(
        graphics,
        mistakes,
        MISTAKES_LEFT + PADDING,
        CONTENT_TOP,
        MISTAKES_WIDTH - 2 * PADDING,
        CONTENT_HEIGHT);
    graphics.dispose();
    return image;
  }

  private static void drawTitle(Graphics2D graphics, int steps, int heldBack, int mistakes) {
    int right = heldBack - mistakes;
    String title =
        String.format(Locale.ROOT, "%.1f%% of unseen digits read right", 100.0 * right / heldBack);
    TITLE.draw(graphics, Palette.INK, title, MARGIN, 54);
    String subtitle =
        String.format(
            Locale.ROOT,
            "%d of the %d digits held back, after %,d training steps",
            right,
            heldBack,
            steps);
    SUBTITLE.draw(graphics, Palette.MUTED, subtitle, MARGIN, 83);
  }

  private static void drawCard(Graphics2D graphics, String heading, int x, int width) {
    RoundRectangle2D card =
        new RoundRectangle2D.Double(x + 0.5, CARD_TOP + 0.5, width, CARD_HEIGHT, 18, 18);
    graphics.setColor(Palette.CARD);
    graphics.fill(card);
    graphics.setColor(Palette.BORDER);
    graphics.setStroke(new BasicStroke(1));
    graphics.draw(card);
    HEADING.draw(graphics, Palette.INK, heading, x + PADDING, CARD_TOP + 38);
  }
}
