package org.hlo4j.generated;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.hlo4j.error.CompilationException;
import org.hlo4j.generated.Kernel.Resources;
import org.hlo4j.internal.mlir.analysis.ProgramDigest;
import org.hlo4j.internal.mlir.text.Bytecode;
import org.jspecify.annotations.Nullable;

/**
 * The resources that a kernel was generated from, with their digests. A stub generated from another
 * program could swap inputs, or lose outputs, without any error. Immutable.
 */
final class Origins {
  /**
   * A resource and its digest when the kernel was generated.
   *
   * @param digest the digest, computed by {@link ProgramDigest}
   */
  private record Origin(String name, String digest) {}

  /** A resource that the kernel does not load. */
  private record Other(Origin origin, Resources resources) {}

  static final Origins NONE = new Origins(null, List.of());

  private final @Nullable Origin loaded;
  private final List<Other> others;

  private Origins(@Nullable Origin loaded, List<Other> others) {
    this.loaded = loaded;
    this.others = List.copyOf(others);
  }

  /** Returns the name of the resource, if there is exactly one. */
  @Nullable String onlyName() {
    if (others.isEmpty()) {
      return loaded == null ? null : loaded.name();
    }
    return loaded == null && others.size() == 1 ? others.get(0).origin().name() : null;
  }

  /** Returns these and the resource that the kernel loads. */
  Origins withLoaded(String name, String digest) {
    return new Origins(new Origin(name, digest), others);
  }

  /** Returns these and a resource that the kernel does not load. */
  Origins with(String name, String digest, Resources resources) {
    List<Other> all = new ArrayList<>(others);
    all.add(new Other(new Origin(name, digest), resources));
    return new Origins(loaded, all);
  }

  /**
   * Verifies the resource that the kernel has loaded.
   *
   * @throws CompilationException if it is another program
   */
  void checkLoaded(String kernel, Class<?> stubs, byte[] content) {
    if (loaded != null) {
      check(loaded, kernel, stubs, content);
    }
  }

  /**
   * Verifies the resources that the kernel does not load. They may be missing, since the kernel
   * runs without them.
   *
   * @throws CompilationException if one contains another program
   */
  void checkOthers(String kernel, Class<?> stubs) {
    for (Other other : others) {
      try (InputStream in = other.resources().open(other.origin().name())) {
        if (in != null) {
          check(other.origin(), kernel, stubs, in.readAllBytes());
        }
      } catch (IOException e) {
        throw new CompilationException(
            "%s, which %s was generated from, cannot be read"
                .formatted(other.origin().name(), kernel),
            e);
      }
    }
  }

  private static void check(Origin origin, String kernel, Class<?> stubs, byte[] content) {
    Bytecode.filtered(content)
        .ifPresent(
            problem -> {
              throw new CompilationException(
                  "%s of %s: this bytecode %s".formatted(origin.name(), kernel, problem));
            });
    if (!ProgramDigest.of(content).equals(origin.digest())) {
      throw new CompilationException(
          "%s has changed since %s was generated, so %s would run another program than the one"
                  .formatted(origin.name(), stubs.getName(), kernel)
              + " that was checked. Rebuild the project: 'mvn clean compile' does, and"
              + " hlo4j-maven-plugin compiles again whenever a program has changed");
    }
  }
}
