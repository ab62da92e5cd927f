package org.hlo4j.examples.vignette;

import java.util.SplittableRandom;

/** Random matrices with elements from 0 to 1, row by row. */
final class RandomData {
  private final SplittableRandom random;

  RandomData(long seed) {
    random = new SplittableRandom(seed);
  }

  float[] matrix(int size) {
    float[] values = new float[size * size];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat();
    }
    return values;
  }
}
