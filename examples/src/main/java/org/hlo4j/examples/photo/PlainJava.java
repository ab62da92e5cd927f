package org.hlo4j.examples.photo;

import java.awt.image.BufferedImage;
import java.awt.image.ConvolveOp;
import java.awt.image.Kernel;

/** The filters of the JDK that do the same. */
final class PlainJava {
  private static final float[] BINOMIAL = {1, 8, 28, 56, 70, 56, 28, 8, 1};

  private PlainJava() {}

  /** The blur over nine by nine pixels at once. */
  static ConvolveOp blur() {
    float[] weights = new float[81];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = BINOMIAL[i / 9] * BINOMIAL[i % 9] / 65536;
    }
    return new ConvolveOp(new Kernel(9, 9, weights));
  }

  /** Half of the blur, over nine rows or over nine columns; the whole is one after the other. */
  static ConvolveOp halfOfBlur(boolean rows) {
    float[] weights = BINOMIAL.clone();
    for (int i = 0; i < weights.length; i++) {
      weights[i] /= 256;
    }
    return new ConvolveOp(rows ? new Kernel(1, 9, weights) : new Kernel(9, 1, weights));
  }

  /** Nine weights, row by row. */
  static ConvolveOp convolve(float[] weights) {
    return new ConvolveOp(new Kernel(3, 3, weights));
  }

  static BufferedImage filter(ConvolveOp filter, BufferedImage image) {
    return filter.filter(image, Pixels.blank());
  }
}
