package org.hlo4j.cli.init;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A container of a pytree that becomes a record.
 *
 * @param path the Java names of the enclosing containers, and its own
 * @param label the exporter's name, such as {@code params['layer1']}
 * @param program the program of the container
 * @param use how the kernel uses it
 */
record Container(List<String> path, String label, ProgramFile program, Use use) {
  /** How a kernel uses a container. */
  enum Use {
    PARAMETER,
    /** A parameter that the kernel updates. */
    VARIABLE,
    RESULT
  }

  /** Common names of model parameters, for which optimizers keep statistics. */
  private static final Set<String> OF_PARAMETERS =
      Set.of("params", "parameters", "weights", "variables");

  Container {
    path = List.copyOf(path);
  }

  static Container root(String name, String label, ProgramFile program, Use use) {
    return new Container(List.of(name), label, program, use);
  }

  Container child(String name, String step) {
    List<String> longer = new ArrayList<>(path);
    longer.add(name);
    return new Container(longer, label + step, program, use);
  }

  String name() {
    return path.get(path.size() - 1);
  }

  /** Returns the name without its number: {@code layer} for {@code layer1}. */
  String kind() {
    String kind = name().replaceFirst("_?\\d+$", "");
    return kind.isEmpty() ? name() : kind;
  }

  /** Returns whether it is an entire parameter. */
  boolean isParameter() {
    return path.size() == 1 && !isResult();
  }

  boolean isResult() {
    return use == Use.RESULT;
  }

  boolean isOfRefs() {
    return use == Use.VARIABLE;
  }

  boolean isNamedAsParameters() {
    return OF_PARAMETERS.contains(name());
  }
}
