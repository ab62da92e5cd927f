package org.hlo4j;

import java.util.Map;
import java.util.TreeMap;
import org.hlo4j.internal.pjrt.ExecutableHandle;
import org.hlo4j.internal.pjrt.MemoryUse;
import org.hlo4j.internal.pjrt.proto.HloModule;

/**
 * Memory use and operations of a compiled program. Memory is in bytes on the device for one call,
 * and 0 if the plugin does not report it. Immutable.
 *
 * @param argumentBytes the size of the arguments
 * @param outputBytes the size of the outputs
 * @param aliasedBytes the part of the outputs that reuses memory of donated arguments
 * @param temporaryBytes the temporary memory
 * @param generatedCodeBytes the size of the compiled code
 * @param peakBytes the peak memory use if the plugin reports it, else the use at the end of the
 *     call
 * @param operations the number of occurrences of each HLO operation, such as {@code fusion}, {@code
 *     dot} and {@code copy}, in alphabetical order
 * @param copiesInLoops the number of copies in the body or condition of a {@code while}, or in a
 *     computation called from one, at any depth. Copies of scalars, such as loop counters, do not
 *     count
 * @param copiedBytes the bytes copied in one call: the size of each copy, times the trip counts of
 *     the enclosing loops. Unknown trip counts are taken as 1, all branches of a conditional count,
 *     and copies of scalars do not
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

  /** Returns the number of copies that XLA inserted, including copies of scalars. */
  public int copies() {
    return operations.getOrDefault("copy", 0) + operations.getOrDefault("copy-start", 0);
  }
}
