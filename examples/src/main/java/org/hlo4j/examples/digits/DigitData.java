package org.hlo4j.examples.digits;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * The 1,797 handwritten digits that come with the example, split in two: what the network learns
 * from, and what it is tested with.
 */
public record DigitData(Digits training, Digits heldBack) {
  /** How many digits a training step takes. */
  static final int BATCH = 64;

  /** Every fifth digit is held back. */
  private static final int HOLD_BACK_EVERY = 5;

  private static final String RESOURCE = "digits.csv.gz";

  /** Reads the digits that come with the example. */
  public static DigitData load() {
    try (InputStream resource = DigitData.class.getResourceAsStream(RESOURCE)) {
      return split(DigitReader.read(RESOURCE, Objects.requireNonNull(resource, RESOURCE)));
    } catch (IOException e) {
      throw new UncheckedIOException("The resource " + RESOURCE + " cannot be read", e);
    }
  }

  static DigitData split(Digits all) {
    return new DigitData(
        all.select(places(all).filter(place -> !isHeldBack(place)).toArray()),
        all.select(places(all).filter(DigitData::isHeldBack).toArray()));
  }

  /**
   * The training digits in an order of their own, in batches. What fills no batch is left out; the
   * next order leaves out others.
   */
  List<Digits> batches(RandomGenerator generator) {
    int[] order = shuffled(training.count(), generator);
    List<Digits> batches = new ArrayList<>();
    for (int end = BATCH; end <= order.length; end += BATCH) {
      batches.add(training.select(Arrays.copyOfRange(order, end - BATCH, end)));
    }
    return batches;
  }

  private static IntStream places(Digits digits) {
    return IntStream.range(0, digits.count());
  }

  private static boolean isHeldBack(int place) {
    return place % HOLD_BACK_EVERY == HOLD_BACK_EVERY - 1;
  }

  private static int[] shuffled(int count, RandomGenerator generator) {
    int[] order = IntStream.range(0, count).toArray();
    for (int i = count - 1; i > 0; i--) {
      int other = generator.nextInt(i + 1);
      int kept = order[i];
      order[i] = order[other];
      order[other] = kept;
    }
    return order;
  }
}
