package org.hlo4j.processor.verify;

import org.hlo4j.ExecutableStatistics;

/**
 * What one call of a compiled program costs on each of its devices, as far as it can be told
 * without running it. Immutable.
 *
 * @param copies the copies that XLA has inserted, of scalars as well
 * @param copiesInLoops those of buffers that stand in loops, at any depth
 * @param copiedBytes what copies of buffers move, loops counted as often as they go round
 * @param temporaryBytes the memory that is needed while it runs; 0 if the plugin does not say
 * @see ExecutableStatistics
 */
public record Costs(int copies, int copiesInLoops, long copiedBytes, long temporaryBytes) {
  static Costs of(ExecutableStatistics statistics) {
    return new Costs(
        statistics.copies(),
        statistics.copiesInLoops(),
        statistics.copiedBytes(),
        statistics.temporaryBytes());
  }
}
