package org.hlo4j.examples.digits;

import java.util.ArrayList;
import java.util.List;

/**
 * A digit that the network took for another.
 *
 * @param image the pixels, row by row
 * @param label what it is
 * @param taken what the network took it for
 * @param probability how sure the network was
 */
@SuppressWarnings("ArrayRecordComponent") // only ever drawn
record Mistake(byte[] image, int label, int taken, float probability) {
  private static final int CLASSES = 10;

  /**
   * All mistakes among these digits.
   *
   * @param predicted what the network took each of them for
   * @param probabilities ten for each of them
   */
  static List<Mistake> among(Digits digits, int[] predicted, float[] probabilities) {
    List<Mistake> mistakes = new ArrayList<>();
    for (int i = 0; i < digits.count(); i++) {
      int label = digits.labels()[i];
      int taken = predicted[i];
      if (taken != label) {
        mistakes.add(
            new Mistake(digits.image(i), label, taken, probabilities[i * CLASSES + taken]));
      }
    }
    return mistakes;
  }
}
