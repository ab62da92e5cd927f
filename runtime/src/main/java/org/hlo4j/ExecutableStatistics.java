package org.hlo4j;

import java.util.Map;
import java.util.TreeMap;
import org.hlo4j.internal.pjrt.ExecutableHandle;
import org.hlo4j.internal.pjrt.MemoryUse;
import org.hlo4j.internal.pjrt.proto.HloModule;

/**
 * What XLA has made of a program. Memory is in bytes on the device, for one call; all of it is 0 if
 * the plugin does not say. Immutable.
 *
 * @param argumentBytes the arguments
 * @param outputBytes the outputs
 * @param aliasedBytes the part of the outputs that is memory of donated arguments
 * @param temporaryBytes what is needed while the program runs
 * @param generatedCodeBytes the program itself
 * @param peakBytes the most at any time, as far as the plugin says; else what is in use at the end
 * @param operations how often each operation occurs, by HLO's name of it, such as {@code fusion},
 *     {@code dot} and {@code copy}, in alphabetical order
 * @param copiesInLoops how many of the copies stand in the body or the condition of a {@code
 *     while}, or in what one calls, at any depth. Copies of scalars, such as a loop's counter, do
 *     not count: they are no buffers
 * @param copiedBytes what copies move in one call: the bytes of each, times the trip counts of the
 *     loops around it. A trip count that XLA does not know is taken for 1, and all branches of a
 *     conditional count. Copies of scalars do not
 */
public record ExecutableStatistics(
    long argumentBytes,
    long outputBytes,
    long aliasedBytes,
    long temporaryBytes,
    long generatedCodeBytes,
    long peakBytes,
    Map<String, Integer> operations,
    int copiesInLoops,
    long copiedBytes) {
  private static final MemoryUse UNKNOWN = new MemoryUse(0, 0, 0, 0, 0, 0);

  static ExecutableStatistics of(ExecutableHandle executable) {
    MemoryUse known = executable.memoryUse();
    MemoryUse use = known == null ? UNKNOWN : known;
    HloModule program = executable.optimizedProgram();
    return new ExecutableStatistics(
        use.arguments(),
        use.outputs(),
        use.aliased(),
        use.temporary(),
        use.generatedCode(),
        use.peak() > 0 ? use.peak() : use.arguments() + use.allocated(),
        new TreeMap<>(program.operations()),
        program.copies().inLoops(),
        program.copies().bytes());
  }

  /** How many copies XLA has inserted, of scalars as well. */
  public int copies() {
    return operations.getOrDefault("copy", 0) + operations.getOrDefault("copy-start", 0);
  }
}
