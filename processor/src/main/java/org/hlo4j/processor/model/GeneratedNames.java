package org.hlo4j.processor.model;

import com.palantir.javapoet.ClassName;
import java.util.List;

/** The names of the types that are generated from an interface. */
public final class GeneratedNames {
  private GeneratedNames() {}

  /**
   * Returns a name such as {@code DenseKernels}, prefixed with a nested interface's outer names.
   */
  public static ClassName kernelsClass(ClassName source) {
    return sibling(source, "Kernels");
  }

  /** Returns a name such as {@code DenseAsync}. */
  public static ClassName asyncInterface(ClassName source) {
    return sibling(source, "Async");
  }

  static List<ClassName> all(ClassName source) {
    return List.of(kernelsClass(source), asyncInterface(source));
  }

  private static ClassName sibling(ClassName source, String suffix) {
    return ClassName.get(source.packageName(), String.join("_", source.simpleNames()) + suffix);
  }
}
