package org.hlo4j.processor.write;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.TypeSpec;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Formats generated Java source in a conventional style, which JavaPoet does not offer. Does not
 * change literals.
 */
public final class SourceFormatter {
  private static final int LINE = 100;

  /** CodeBlocks print qualified names that the file imports. */
  private static final Pattern QUALIFIER = Pattern.compile("\\b(?:[a-z_][\\w$]*\\.)+(?=[A-Z])");

  private static final Pattern SHORT_JAVADOC =
      Pattern.compile("^( *)/\\*\\*\n *\\* (.+)\n *\\*/$", Pattern.MULTILINE);
  private static final Pattern EMPTY_BODY = Pattern.compile("(\\{)\n *}$", Pattern.MULTILINE);
  private static final Pattern SOLE_MEMBER =
      Pattern.compile("^( *@\\w+\\()\n *(\\w+ = \"[^\"\n]*\")\n *\\)$", Pattern.MULTILINE);
  private static final Pattern FIELD_AFTER_FIELD =
      Pattern.compile(
          "^( *private final [\\w.]+ \\S+;\n)\n(?= *private final [\\w.]+ \\S+;$)",
          Pattern.MULTILINE);

  private SourceFormatter() {}

  public static String format(String packageName, TypeSpec type) {
    String text =
        JavaFile.builder(packageName, type)
            .indent("  ")
            .skipJavaLangImports(true)
            .build()
            .toString();
    text = replace(text, SHORT_JAVADOC, parts -> oneLine(parts[0] + "/** " + parts[1] + " */"));
    text = replace(text, EMPTY_BODY, parts -> parts[0] + "}");
    text = replace(text, SOLE_MEMBER, parts -> oneLine(parts[0] + parts[1] + ")"));
    return replace(text, FIELD_AFTER_FIELD, parts -> parts[0]);
  }

  /** Returns a line, or empty if it is too long. */
  private static String oneLine(String line) {
    return line.length() <= LINE ? line : "";
  }

  /**
   * Replaces matches outside of literals.
   *
   * @param replacement maps the groups of a match to the new text, or to empty to keep the old
   */
  private static String replace(
      String text, Pattern pattern, Function<String[], String> replacement) {
    Matcher matcher = pattern.matcher(LiteralMask.of(text));
    StringBuilder out = new StringBuilder();
    int end = 0;
    while (matcher.find()) {
      String[] groups = new String[matcher.groupCount()];
      for (int i = 0; i < groups.length; i++) {
        groups[i] = text.substring(matcher.start(i + 1), matcher.end(i + 1));
      }
      String replaced = replacement.apply(groups);
      out.append(text, end, matcher.start());
      out.append(replaced.isEmpty() ? text.substring(matcher.start(), matcher.end()) : replaced);
      end = matcher.end();
    }
    return out.append(text.substring(end)).toString();
  }

  /**
   * Returns the arguments of a call: on its line if they fit, else one per line.
   *
   * @param used the length of the line without them
   */
  static CodeBlock arguments(int used, List<CodeBlock> arguments) {
    CodeBlock line = CodeBlock.join(arguments, ", ");
    return used + length(line) <= LINE && !line.toString().contains("\n")
        ? line
        : CodeBlock.of("\n$>$>$L$<$<", CodeBlock.join(arguments, ",\n"));
  }

  /** Returns the length of code in a file that imports its types. */
  static int length(CodeBlock code) {
    return QUALIFIER.matcher(LiteralMask.of(code.toString())).replaceAll("").length();
  }
}
