package org.hlo4j.processor.write;

import com.palantir.javapoet.CodeBlock;
import java.util.List;

/** Breaks lines where a person would. */
final class Layout {
  private static final int LONG = 70;

  private Layout() {}

  /** Arguments of a call: on its line if they are few, else one a line. */
  static CodeBlock arguments(List<CodeBlock> arguments) {
    int length = arguments.stream().mapToInt(argument -> argument.toString().length() + 2).sum();
    boolean broken = arguments.stream().anyMatch(argument -> argument.toString().contains("\n"));
    return length <= LONG && !broken
        ? CodeBlock.join(arguments, ", ")
        : CodeBlock.of("\n$>$>$L$<$<", CodeBlock.join(arguments, ",\n"));
  }
}
