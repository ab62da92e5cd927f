package org.hlo4j.internal.mlir.analysis;

import org.hlo4j.internal.mlir.model.FunctionArgument;
import org.jspecify.annotations.Nullable;

/** Arguments that JAX adds to the user's: the platform index, and symbolic dimensions. */
public final class GlobalConstants {
  /** The attribute of such an argument. */
  public static final String ATTRIBUTE = "jax.global_constant";

  /** The attribute's value for the platform index. */
  public static final String PLATFORM_INDEX = "_platform_index";

  private GlobalConstants() {}

  public static boolean isPlatformIndex(FunctionArgument argument) {
    return PLATFORM_INDEX.equals(nameOf(argument));
  }

  /** Returns why callers cannot pass an argument; empty for the user's own. */
  static String problem(FunctionArgument argument) {
    String name = nameOf(argument);
    if (name == null) {
      return "";
    }
    return name.equals(PLATFORM_INDEX)
        ? "the program was exported for several platforms, but does not name them: pass them in"
            + " the order in which they were exported, as in @Kernel(platforms = {\"cuda\","
            + " \"cpu\"}), Program.of(text, List.of(\"cuda\", \"cpu\")) or --platforms cuda,cpu"
        : "the program takes the size of its symbolic dimension %s; export it with fixed shapes"
            .formatted(name);
  }

  private static @Nullable String nameOf(FunctionArgument argument) {
    return argument.attributes().string(ATTRIBUTE);
  }
}
