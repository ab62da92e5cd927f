package org.hlo4j.processor.write;

import com.palantir.javapoet.CodeBlock;
import java.util.List;
import java.util.regex.Pattern;

/** Breaks lines where a person would. */
final class Layout {
  private static final int LINE = 100;

  /** CodeBlocks print qualified names where the file will have imports. */
  private static final Pattern QUALIFIER = Pattern.compile("\\b(?:[a-z_][\\w$]*\\.)+(?=[A-Z])");

  private Layout() {}

  /**
   * Arguments of a call: on its line if they fit, else one a line.
   *
   * @param used how long the line is without them
   */
  static CodeBlock arguments(int used, List<CodeBlock> arguments) {
    CodeBlock line = CodeBlock.join(arguments, ", ");
    return used + length(line) <= LINE && !line.toString().contains("\n")
        ? line
        : CodeBlock.of("\n$>$>$L$<$<", CodeBlock.join(arguments, ",\n"));
  }

  /** How long code is in a file that imports what it names. */
  static int length(CodeBlock code) {
    return QUALIFIER.matcher(code.toString()).replaceAll("").length();
  }
}
