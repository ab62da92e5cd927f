package org.hlo4j.processor.write;

import com.palantir.javapoet.CodeBlock;
import java.util.Locale;

/** Writes a Java text block with exactly the given value, independent of the source encoding. */
final class TextBlock {
  private static final int FIRST_PRINTABLE = ' ';
  private static final int LAST_ASCII = 0x7E;

  private TextBlock() {}

  static CodeBlock of(String text) {
    StringBuilder out = new StringBuilder("\"\"\"\n");
    int start = 0;
    for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      out.append(line(text.substring(start, end), "\n"));
      start = end + 1;
    }
    if (start < text.length()) {
      out.append(line(text.substring(start), "")).append("\\\n");
    }
    return CodeBlock.of("$L", out.append("\"\"\""));
  }

  /** Returns a line of the text, protected from the stripping of white space. */
  private static String line(String line, String end) {
    String escaped = escape(line).replace("\"\"\"", "\\\"\\\"\\\"");
    if (end.isEmpty() || !endsInBlank(line)) {
      return escaped + end;
    }
    return line.endsWith(" ")
        ? escaped.substring(0, escaped.length() - 1) + "\\s" + end
        : escaped + "\\n\\" + end;
  }

  private static boolean endsInBlank(String line) {
    if (line.isEmpty()) {
      return false;
    }
    char last = line.charAt(line.length() - 1);
    return Character.isWhitespace(last) || Character.isISOControl(last);
  }

  private static String escape(String line) {
    StringBuilder out = new StringBuilder(line.length());
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '\\') {
        out.append("\\\\");
      } else if (c == '\t' || (c >= FIRST_PRINTABLE && c <= LAST_ASCII)) {
        out.append(c);
      } else if (Character.isISOControl(c)) {
        out.append(String.format(Locale.ROOT, "\\%03o", (int) c));
      } else {
        out.append(String.format(Locale.ROOT, "\\u%04X", (int) c));
      }
    }
    return out.toString();
  }
}
