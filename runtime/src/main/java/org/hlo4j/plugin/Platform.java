package org.hlo4j.plugin;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The names of platforms in JAX. */
final class Platform {
  static final String CPU = "cpu";
  static final String TPU = "tpu";

  private static final Set<String> GPUS = Set.of("cuda", "rocm", "oneapi");

  private Platform() {}

  /** Whether a plugin of this name will do; anything does where nothing special is wanted. */
  static boolean matches(@Nullable String wanted, String name) {
    return wanted == null
        || wanted.equalsIgnoreCase(name)
        || (wanted.equalsIgnoreCase("gpu") && isGpu(name));
  }

  static boolean isGpu(String name) {
    return GPUS.contains(name.toLowerCase(Locale.ROOT));
  }

  /** The platform of a package in {@code jax_plugins}: {@code xla_cuda13} is {@code cuda}. */
  static String ofJaxPackage(String packageName) {
    for (String gpu : GPUS) {
      if (packageName.matches("(xla_)?" + gpu + "\\d*")) {
        return gpu;
      }
    }
    return packageName;
  }
}
