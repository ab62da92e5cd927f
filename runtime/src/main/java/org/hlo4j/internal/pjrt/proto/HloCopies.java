package org.hlo4j.internal.pjrt.proto;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The copies of an optimized program, except those of scalars, such as loop counters. Immutable.
 *
 * @param inLoops the copies in the body or condition of a loop, or in a computation called from one
 * @param bytes the bytes copied in one call of the program
 */
public record HloCopies(int inLoops, long bytes) {
  /**
   * Returns the copies of a program. All branches of a conditional count; a loop counts by its trip
   * count, or once if that is unknown.
   *
   * @param computations in a module's order: callees before callers
   * @param entry the id of the entry computation
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

  /** Adds non-negative numbers, saturating. */
  private static long plus(long a, long b) {
    return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
  }

  /** Multiplies non-negative numbers, saturating. */
  private static long times(long a, long b) {
    return Math.multiplyHigh(a, b) != 0 || a * b < 0 ? Long.MAX_VALUE : a * b;
  }
}
