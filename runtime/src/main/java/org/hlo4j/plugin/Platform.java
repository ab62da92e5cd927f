package org.hlo4j.plugin;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** JAX's names of platforms. */
final class Platform {
  static final String CPU = "cpu";
  static final String TPU = "tpu";

  private static final Set<String> GPUS = Set.of("cuda", "rocm", "oneapi");

  private Platform() {}

  /** Returns whether a plugin's name matches the wanted platform; any name matches null. */
  static boolean matches(@Nullable String wanted, String name) {
    return wanted == null
        || wanted.equalsIgnoreCase(name)
        || (wanted.equalsIgnoreCase("gpu") && isGpu(name));
  }

  static boolean isGpu(String name) {
    return GPUS.contains(name.toLowerCase(Locale.ROOT));
  }

  /**
   * Returns the platform of a package in {@code jax_plugins}: {@code xla_cuda13} is {@code cuda}.
   */
  static String ofJaxPackage(String packageName) {
    for (String gpu : GPUS) {
      if (packageName.matches("(xla_)?" + gpu + "\\d*")) {
        return gpu;
      }
    }
    return packageName;
  }
}
