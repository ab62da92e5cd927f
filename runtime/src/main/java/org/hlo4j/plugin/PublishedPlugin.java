package org.hlo4j.plugin;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hlo4j.error.PluginException;
import org.jspecify.annotations.Nullable;

/**
 * The CPU plugins published as Python wheels, each pinned by version and SHA-256. They run without
 * Python, on Linux on x86-64. Immutable.
 */
public enum PublishedPlugin {
  /** The default: an unmodified build of XLA's CPU plugin, C API 0.106. */
  CPU(
      new Wheel(
          "fastatomstruct-xla-cpu",
          "2026.6.23",
          "88b1c430b341b4bea40a37420311c9c75db6e22b46d2ff95b6986577bee6afe9",
          "fastatomstruct_xla_cpu/libpjrt_cpu.so"),
      63_200_622,
      null),

  /** A newer build, C API 0.115; its {@code chlo.atan} is wrong on 63 or more elements. */
  LAMMPS_JAX_CPU(
      new Wheel(
          "lammps-jax-pjrt-cpu",
          "0.11.2",
          "1319390d948b39f69f7dade496b7c385149d9ca6097a6b62114da113216d9ad1",
          "lammps_jax_pjrt_cpu/pjrt_c_api_cpu_plugin.so"),
      62_711_338,
      "its chlo.atan returns wrong values for 63 or more elements"),

  /** An older build, C API 0.81, without {@code stablehlo.future}. */
  XLA_CPU_PJRT(
      new Wheel(
          "xla-cpu-pjrt",
          "0.0.1",
          "55837b6b7b47daa717f2d9a5a03563ea0ceaa338d06a81a1e2d3f060d960decc",
          "xla_plugins/xla_cpu_pjrt/xla_cpu_pjrt.so"),
      63_461_052,
      null);

  @SuppressWarnings("ImmutableEnumChecker") // A record of strings.
  private final Wheel wheel;

  private final long wheelBytes;
  private final @Nullable String defect;

  PublishedPlugin(Wheel wheel, long wheelBytes, @Nullable String defect) {
    this.wheel = wheel;
    this.wheelBytes = wheelBytes;
    this.defect = defect;
  }

  Wheel wheel() {
    return wheel;
  }

  /** Returns the name of the plugin's wheel on the package index. */
  public String project() {
    return wheel.project();
  }

  /** Returns the version of the plugin's wheel. */
  public String version() {
    return wheel.version();
  }

  /** Returns the download size of the plugin's wheel, in bytes. */
  public long wheelBytes() {
    return wheelBytes;
  }

  /** Returns the known defect of a library, if it is a published plugin's. */
  static Optional<String> defectOf(Path library) {
    return Arrays.stream(values())
        .filter(plugin -> plugin.isAt(library))
        .flatMap(plugin -> Stream.ofNullable(plugin.defect))
        .findFirst();
  }

  /** Returns whether the library is where the cache, or the plugin's wheel, unpacks it. */
  private boolean isAt(Path library) {
    Path entry = Path.of(wheel.libraryEntry());
    Path folder = library.getParent();
    return library.endsWith(entry)
        || (library.endsWith(entry.getFileName())
            && folder != null
            && folder.endsWith(wheel.key()));
  }

  /**
   * Returns the plugin with this name: a constant in any case, with or without dashes, or a
   * project.
   *
   * @throws PluginException if there is none
   */
  public static PublishedPlugin named(String name) {
    for (PublishedPlugin plugin : values()) {
      if (name.equals(plugin.project()) || plugin.option().equals(option(name))) {
        return plugin;
      }
    }
    throw new PluginException(
        "No published plugin is named \""
            + name
            + "\". There are: "
            + Arrays.stream(values())
                .map(plugin -> plugin.option() + " (" + plugin.project() + ")")
                .collect(Collectors.joining(", "))
            + ".");
  }

  private String option() {
    return option(name());
  }

  private static String option(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
