package org.hlo4j.examples.serve;

import java.util.ArrayList;
import java.util.List;

/**
 * What the network takes an image for.
 *
 * @param probabilities of each digit
 */
record Answer(int digit, List<Float> probabilities) {
  /** From one row of a batch's probabilities. */
  static Answer of(int digit, float[] probabilities) {
    List<Float> list = new ArrayList<>();
    for (float probability : probabilities) {
      list.add(probability);
    }
    return new Answer(digit, List.copyOf(list));
  }
}
