package org.hlo4j.processor.write;

import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.TypeSpec;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes JavaPoet's text what a person would write, where JavaPoet leaves no choice. */
final class Tidying {
  private static final int LINE = 100;
  private static final Pattern SHORT_JAVADOC =
      Pattern.compile("^( *)/\\*\\*\n *\\* (.+)\n *\\*/$", Pattern.MULTILINE);
  private static final Pattern EMPTY_BODY =
      Pattern.compile("^( *private \\w+\\(\\)) \\{\n *}$", Pattern.MULTILINE);
  private static final Pattern FIELD_AFTER_FIELD =
      Pattern.compile(
          "^( *private final [\\w.]+ \\S+;\n)\n(?= *private final [\\w.]+ \\S+;$)",
          Pattern.MULTILINE);

  private Tidying() {}

  /** The text of a Java source. */
  static String text(String packageName, TypeSpec type) {
    String text =
        JavaFile.builder(packageName, type)
            .indent("  ")
            .skipJavaLangImports(true)
            .build()
            .toString();
    text = SHORT_JAVADOC.matcher(text).replaceAll(Tidying::oneLine);
    text = EMPTY_BODY.matcher(text).replaceAll("$1 {}");
    return FIELD_AFTER_FIELD.matcher(text).replaceAll("$1");
  }

  private static String oneLine(MatchResult comment) {
    String line = comment.group(1) + "/** " + comment.group(2) + " */";
    return Matcher.quoteReplacement(line.length() <= LINE ? line : comment.group());
  }
}
