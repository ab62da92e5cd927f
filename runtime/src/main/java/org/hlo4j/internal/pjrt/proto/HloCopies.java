package org.hlo4j.internal.pjrt.proto;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a program copies, as XLA runs it. Copies of scalars, such as the counters of loops, are left
 * out. Immutable.
 *
 * @param inLoops the copies that stand in the body or the condition of a loop, or in what one calls
 * @param bytes what all copies move in one call of the program
 */
public record HloCopies(int inLoops, long bytes) {
  /**
   * The copies of a program. All branches of a conditional count; a loop counts as often as it goes
   * round, or once if XLA does not know how often that is.
   *
   * @param computations as a module has them: each stands before those that call it
   * @param entry the number of the one that the program begins with
   */
  static HloCopies of(List<HloComputation> computations, long entry) {
    return new HloCopies(inLoops(computations), bytes(computations, entry));
  }

  private static int inLoops(List<HloComputation> computations) {
    Set<Long> looping = new HashSet<>();
    int copies = 0;
    for (HloComputation computation : computations.reversed()) {
      boolean loops = looping.contains(computation.id());
      for (HloInstruction instruction : computation.instructions()) {
        if (loops || instruction.isLoop()) {
          looping.addAll(instruction.called());
        }
        if (loops && instruction.copiesBuffer()) {
          copies++;
        }
      }
    }
    return copies;
  }

  private static long bytes(List<HloComputation> computations, long entry) {
    Map<Long, Long> known = new HashMap<>();
    for (HloComputation computation : computations) {
      long sum = 0;
      for (HloInstruction instruction : computation.instructions()) {
        sum = plus(sum, instruction.copiedBytes());
        for (long called : instruction.called()) {
          sum = plus(sum, times(known.getOrDefault(called, 0L), instruction.trips()));
        }
      }
      known.put(computation.id(), sum);
    }
    return known.getOrDefault(entry, 0L);
  }

  /** Of numbers that are not negative; the largest there is if the sum is larger. */
  private static long plus(long a, long b) {
    return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
  }

  /** Of numbers that are not negative; the largest there is if the product is larger. */
  private static long times(long a, long b) {
    return Math.multiplyHigh(a, b) != 0 || a * b < 0 ? Long.MAX_VALUE : a * b;
  }
}
