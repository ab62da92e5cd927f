package org.hlo4j.internal.program;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
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

  /**
   * Returns the version of StableHLO that the plugin was built with, such as 1.15.0; empty if
   * unknown.
   */
  public String version() {
    return stablehloVersion.get().stream().map(String::valueOf).collect(Collectors.joining("."));
  }

  /** Returns whether the plugin was built with a StableHLO older than a version, such as 1.15.0. */
  public boolean isOlderThan(String version) {
    List<Long> own = stablehloVersion.get();
    List<Long> other = Arrays.stream(version.split("\\.", -1)).map(Long::valueOf).toList();
    for (int i = 0; i < Math.min(own.size(), other.size()); i++) {
      int order = own.get(i).compareTo(other.get(i));
      if (order != 0) {
        return order < 0;
      }
    }
    return false;
  }

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
