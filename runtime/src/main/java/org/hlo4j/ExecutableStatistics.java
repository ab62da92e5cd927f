package org.hlo4j;

import java.util.Map;
import java.util.TreeMap;
import org.hlo4j.internal.pjrt.ExecutableHandle;
import org.hlo4j.internal.pjrt.MemoryUse;

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
 */
public record ExecutableStatistics(
    long argumentBytes,
    long outputBytes,
    long aliasedBytes,
    long temporaryBytes,
    long generatedCodeBytes,
    long peakBytes,
    Map<String, Integer> operations) {
  private static final MemoryUse UNKNOWN = new MemoryUse(0, 0, 0, 0, 0, 0);

  static ExecutableStatistics of(ExecutableHandle executable) {
    MemoryUse known = executable.memoryUse();
    MemoryUse use = known == null ? UNKNOWN : known;
    return new ExecutableStatistics(
        use.arguments(),
        use.outputs(),
        use.aliased(),
        use.temporary(),
        use.generatedCode(),
        use.peak() > 0 ? use.peak() : use.arguments() + use.allocated(),
        new TreeMap<>(executable.optimizedProgram().operations()));
  }

  /** How many copies XLA has inserted. */
  public int copies() {
    return operations.getOrDefault("copy", 0) + operations.getOrDefault("copy-start", 0);
  }
}
