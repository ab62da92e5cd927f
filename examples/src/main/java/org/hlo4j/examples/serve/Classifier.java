package org.hlo4j.examples.serve;

import java.util.List;
import java.util.stream.IntStream;

/** Reads digits; called by many threads at once. */
interface Classifier {
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

  /**
   * Reads one image of 64 pixels from 0 (paper) to 16 (ink).
   *
   * @throws java.util.concurrent.RejectedExecutionException if there is too much to do already
   */
  Answer classify(byte[] image);
}
