package org.hlo4j.internal.program;

import java.util.List;
import java.util.function.Supplier;
import org.hlo4j.internal.mlir.rewrite.DenseResources;
import org.hlo4j.internal.mlir.rewrite.FutureInlining;
import org.hlo4j.internal.mlir.rewrite.InlinableFences;
import org.hlo4j.internal.mlir.rewrite.PlatformIndex;

/**
 * The form of a program for a plugin. Safe for use by multiple threads.
 *
 * @param stablehloVersion the version of StableHLO that the plugin was built with, if reported
 */
public record PluginDialect(Supplier<List<Long>> stablehloVersion, String platform) {
  private static final String CPU = "cpu";

  /** The first minor version of StableHLO 1 that has futures. */
  private static final long FUTURES_SINCE = 15;

  /** Returns the text to pass to the plugin, with the same lines. */
  public String write(String text) {
    String inlined = DenseResources.inlined(PlatformIndex.written(text, platform));
    String written = platform.equals(CPU) ? inlined : InlinableFences.inlined(inlined);
    return FutureInlining.areIn(written) && !hasFutures() ? FutureInlining.in(written) : written;
  }

  /** Returns whether the plugin supports futures, or does not report its version. */
  private boolean hasFutures() {
    List<Long> version = stablehloVersion.get();
    return version.size() < 2
        || version.get(0) > 1
        || (version.get(0) == 1 && version.get(1) >= FUTURES_SINCE);
  }
}
