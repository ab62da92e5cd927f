package org.hlo4j.tests.pipelines;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A pipeline by chance.
 *
 * @param name the method's
 * @param lines its statements, without the return
 * @param returned what it returns
 * @param types of what it returns
 */
record RandomPipeline(
    String name,
    boolean isSharded,
    List<Parameter> parameters,
    List<Line> lines,
    List<Line.Place> returned,
    List<Kind> types) {
  /** What it takes. */
  record Parameter(String name, Kind kind, boolean isDonated, boolean isRef) {}

  /** The types of the program's outputs, those that replace the values of variables last. */
  List<Kind> outputs() {
    List<Kind> outputs = new ArrayList<>(types);
    parameters.stream().filter(Parameter::isRef).map(Parameter::kind).forEach(outputs::add);
    return outputs;
  }

  /** The statements. */
  String text() {
    String values = String.join(", ", returned.stream().map(Line.Place::toString).toList());
    return Line.text(lines) + (returned.isEmpty() ? "" : "return " + values + "\n");
  }

  /** The method and what it returns, as Java. */
  String method() {
    String tensor = isSharded ? "Sharded" : "Tensor";
    String buffer = isSharded ? "ShardedBuffer" : "DeviceBuffer";
    List<String> components = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      components.add(String.format(Locale.ROOT, "%s<%s> v%d", buffer, types.get(i).type(), i));
    }
    List<String> declared = new ArrayList<>();
    for (Parameter parameter : parameters) {
      declared.add(
          "%s%s<%s> %s"
              .formatted(
                  parameter.isDonated() ? "@Donated " : "",
                  parameter.isRef() ? "Ref" : tensor,
                  parameter.kind().type(),
                  parameter.name()));
    }
    String quotes = "\"".repeat(3);
    return "record R%1$s(%2$s) {}%n@Pipeline(%3$s%n%4$s%3$s)%nR%1$s %1$s(%5$s);%n"
        .formatted(
            name, String.join(", ", components), quotes, text(), String.join(", ", declared));
  }
}
