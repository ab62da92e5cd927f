package org.hlo4j.processor.pipeline.link;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hlo4j.processor.pipeline.graph.FlowValue;

/** The lines of a function, and the names of its values. Not thread-safe. */
final class FunctionBody {
  private static final String INDENT = "  ";

  private final Map<FlowValue, String> names = new HashMap<>();
  private final Set<String> taken = new HashSet<>();
  private final StringBuilder text = new StringBuilder();

  /** The nesting depth of the next line, initially that of a function in a module. */
  private int depth = 2;

  /** Gives a value a unique name. */
  String define(FlowValue value) {
    String name = fresh(value.name());
    names.put(value, name);
    return name;
  }

  /** Gives a value a name that another may have as well. */
  void name(FlowValue value, String name) {
    names.put(value, name);
  }

  /** Gives values names, in order. */
  void name(List<FlowValue> values, List<String> given) {
    for (int i = 0; i < values.size(); i++) {
      names.put(values.get(i), given.get(i));
    }
  }

  String name(FlowValue value) {
    String name = names.get(value);
    if (name == null) {
      throw new IllegalStateException(value + " is read before it is defined");
    }
    return name;
  }

  String fresh(String wanted) {
    String base = "%" + plain(wanted);
    String name = base;
    for (int i = 1; !taken.add(name); i++) {
      name = base + "_" + i;
    }
    return name;
  }

  /** Returns a name in the smaller character set of MLIR's values. */
  static String plain(String name) {
    String plain = name.replaceAll("[^A-Za-z0-9_$]", "_");
    return Character.isDigit(plain.charAt(0)) ? "_" + plain : plain;
  }

  /** Returns names for the results of one operation, numbered if there are several. */
  List<String> results(List<FlowValue> values) {
    if (values.isEmpty()) {
      return List.of();
    }
    String name = fresh(values.get(0).name());
    return values.size() == 1
        ? List.of(name)
        : IntStream.range(0, values.size()).mapToObj(i -> name + "#" + i).toList();
  }

  String operands(List<FlowValue> values) {
    return values.stream().map(this::name).collect(Collectors.joining(", "));
  }

  static String types(List<FlowValue> values) {
    return values.stream().map(value -> value.shape().toString()).collect(Collectors.joining(", "));
  }

  String operandsAndTypes(List<FlowValue> values) {
    return values.isEmpty() ? "" : " %s : %s".formatted(operands(values), types(values));
  }

  void line(String line) {
    text.append(INDENT.repeat(depth)).append(line).append('\n');
  }

  /** Adds lines of another text, without their indentation. */
  void lines(String lines) {
    lines.lines().map(String::strip).forEach(this::line);
  }

  void beginBlock() {
    depth++;
  }

  void endBlock() {
    depth--;
  }

  String text() {
    return text.toString();
  }
}
