package org.hlo4j.processor.verify;

import org.hlo4j.ExecutableStatistics;

/**
 * The estimated costs of one call of a compiled program on each device. Immutable.
 *
 * @param copies the copies that XLA inserted, including scalars
 * @param copiesInLoops the copies of buffers in loops, at any depth
 * @param copiedBytes the bytes of copied buffers, multiplied by trip counts
 * @param temporaryBytes the temporary memory; 0 if the plugin does not report it
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
