package org.hlo4j.examples.serve;

import java.util.List;
import java.util.stream.IntStream;

/**
 * What the network takes an image for.
 *
 * @param probabilities of each digit
 */
record Answer(int digit, List<Float> probabilities) {
  /** From one row of a batch's probabilities. */
  static Answer of(int digit, float[] probabilities) {
    return new Answer(
        digit, IntStream.range(0, probabilities.length).mapToObj(i -> probabilities[i]).toList());
  }
}
