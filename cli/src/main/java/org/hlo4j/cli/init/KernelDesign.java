package org.hlo4j.cli.init;

import java.util.List;
import java.util.Optional;

/**
 * A kernel method of an interface to be written.
 *
 * @param isSharded whether its tensors are on several devices
 * @param result nothing for {@code void}
 */
record KernelDesign(
    String method,
    ProgramFile file,
    boolean isSharded,
    List<Parameter> parameters,
    Optional<JavaType> result) {
  record Parameter(String name, JavaType type, boolean isDonated) {}

  KernelDesign {
    parameters = List.copyOf(parameters);
  }
}
