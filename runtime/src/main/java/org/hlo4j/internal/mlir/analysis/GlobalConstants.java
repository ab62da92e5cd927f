package org.hlo4j.internal.mlir.analysis;

import org.hlo4j.internal.mlir.model.FunctionArgument;
import org.jspecify.annotations.Nullable;

/** Arguments that JAX adds to those of the user: the platform's index, and symbolic dimensions. */
public final class GlobalConstants {
  /** The attribute of such an argument. */
  public static final String ATTRIBUTE = "jax.global_constant";

  /** The value of the attribute of the platform's index. */
  public static final String PLATFORM_INDEX = "_platform_index";

  private GlobalConstants() {}

  public static boolean isPlatformIndex(FunctionArgument argument) {
    return PLATFORM_INDEX.equals(nameOf(argument));
  }

  /** Why no caller can pass an argument; empty if it is one of the user's. */
  static String problem(FunctionArgument argument) {
    String name = nameOf(argument);
    if (name == null) {
      return "";
    }
    return name.equals(PLATFORM_INDEX)
        ? "the program was exported for several platforms, but does not list them: specify them"
            + " in the order in which they were exported, as in @Kernel(platforms = {\"cuda\","
            + " \"cpu\"}), Program.of(text, List.of(\"cuda\", \"cpu\")) or --platforms cuda,cpu"
        : "the program takes the size of its symbolic dimension %s; export it with fixed shapes"
            .formatted(name);
  }

  private static @Nullable String nameOf(FunctionArgument argument) {
    return argument.attributes().string(ATTRIBUTE);
  }
}
