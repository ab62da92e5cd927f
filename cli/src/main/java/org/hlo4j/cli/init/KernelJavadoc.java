package org.hlo4j.cli.init;

import com.palantir.javapoet.CodeBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.hlo4j.ProgramInput;
import org.hlo4j.cli.init.InterfaceDesign.KernelDesign;
import org.hlo4j.cli.init.InterfaceDesign.KernelDesign.Parameter;
import org.hlo4j.cli.init.JavaType.Component;
import org.hlo4j.cli.init.JavaType.RecordOf;
import org.hlo4j.cli.init.JavaType.TensorOf;

/** Writes the Javadoc of kernels and records: the exporter's names, shapes, donation, sharding. */
final class KernelJavadoc {
  /** The width of Javadoc in an interface, for lines of 100 characters. */
  private static final int WIDTH = 92;

  private static final String CONTINUED = "    ";

  /** The maximum number of containers that a record's Javadoc names. */
  private static final int MOST_LABELS = 4;

  /** Ends a tag or a comment, or begins a Unicode escape. */
  private static final Pattern ENDING = Pattern.compile("[{}\\\\]|\\*/");

  private KernelJavadoc() {}

  static CodeBlock of(KernelDesign kernel) {
    List<String> lines = new ArrayList<>();
    lines.addAll(wrapped("Runs " + code(kernel.file().name()) + "."));
    lines.add("");
    for (Parameter parameter : kernel.parameters()) {
      lines.addAll(wrapped("@param " + parameter.name() + " " + description(kernel, parameter)));
    }
    kernel.result().ifPresent(result -> lines.addAll(wrapped("@return " + result(result))));
    if (lines.getLast().isEmpty()) {
      lines.removeLast();
    }
    return block(lines);
  }

  private static String description(KernelDesign kernel, Parameter parameter) {
    List<String> parts = new ArrayList<>();
    if (!parameter.label().isEmpty()) {
      parts.add(code(parameter.label()));
    }
    parts.addAll(facts(parameter.type(), parameter.sharding()));
    if (parameter.isRef()) {
      parts.add("updated");
    }
    if (parameter.isDonated()) {
      parts.add(donation(kernel, parameter));
    }
    return String.join(", ", parts);
  }

  private static String donation(KernelDesign kernel, Parameter parameter) {
    ProgramInput first = kernel.file().program().inputs().get(parameter.places().get(0));
    boolean isTensor = parameter.type() instanceof TensorOf;
    return isTensor && first.aliasedOutput().isPresent()
        ? "donated to output " + first.aliasedOutput().getAsInt()
        : "donated";
  }

  private static String result(JavaType type) {
    return switch (type) {
      case TensorOf tensor -> code(tensor.shape().toString());
      case RecordOf record -> code(record.labels().getLast());
    };
  }

  static CodeBlock of(RecordOf record) {
    List<String> labels =
        record.labels().stream()
            .filter(label -> !label.isBlank())
            .map(KernelJavadoc::code)
            .toList();
    List<String> shown = labels.subList(0, Math.min(labels.size(), MOST_LABELS));
    String more =
        labels.size() > shown.size() ? ", and " + (labels.size() - shown.size()) + " more" : "";
    List<String> lines = new ArrayList<>();
    lines.addAll(
        wrapped(
            shown.isEmpty()
                ? "A part of the values."
                : "The values of " + String.join(", ", shown) + more + "."));
    lines.add("");
    for (Component component : record.components()) {
      List<String> parts = new ArrayList<>();
      if (!component.label().isEmpty()) {
        parts.add(code(component.label()));
      }
      parts.addAll(facts(component.type(), component.sharding()));
      if (!parts.isEmpty()) {
        lines.addAll(wrapped("@param " + component.name() + " " + String.join(", ", parts)));
      }
    }
    return block(lines);
  }

  private static List<String> facts(JavaType type, String sharding) {
    List<String> facts = new ArrayList<>();
    if (type instanceof TensorOf tensor) {
      facts.add(code(tensor.shape().toString()));
    }
    if (!sharding.isEmpty()) {
      facts.add("sharded " + code(sharding));
    }
    return facts;
  }

  /** Returns text as code, with entities for characters that would end the tag or the comment. */
  private static String code(String text) {
    String line = text.replaceAll("\\s+", " ");
    if (!ENDING.matcher(line).find()) {
      return "{@code " + line + "}";
    }
    StringBuilder escaped = new StringBuilder();
    line.chars()
        .forEach(
            c -> {
              if ("{}@*&<>\\".indexOf(c) >= 0) {
                escaped.append("&#").append(c).append(';');
              } else {
                escaped.append((char) c);
              }
            });
    return "<code>" + escaped + "</code>";
  }

  private static List<String> wrapped(String text) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ", -1)) {
      int indent = lines.isEmpty() ? 0 : CONTINUED.length();
      if (!line.isEmpty() && indent + line.length() + 1 + word.length() > WIDTH) {
        lines.add((lines.isEmpty() ? "" : CONTINUED) + line);
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add((lines.isEmpty() ? "" : CONTINUED) + line);
    return lines;
  }

  private static CodeBlock block(List<String> lines) {
    return CodeBlock.of("$L", String.join("\n", lines) + "\n");
  }
}
