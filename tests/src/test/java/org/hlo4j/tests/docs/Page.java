package org.hlo4j.tests.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page in Markdown.
 *
 * @param file where it is
 * @param blocks its code, in order, and the comments that stand alone as blocks without a language
 *     of their own: {@value #SURROUNDINGS}
 */
record Page(Path file, String text, List<Block> blocks) {
  /** The language of a comment with what is around the fragments that follow. */
  static final String SURROUNDINGS = "fragments in:";

  /** A whole file that a page needs and does not show. */
  private static final String HIDDEN = "hidden:";

  private static final Pattern PART =
      Pattern.compile(
          "<!--(?<comment>.*?)-->|^ {0,3}```(?<language>[^\\n`]*)\\n(?<code>.*?)^ {0,3}```[ \\t]*$",
          Pattern.DOTALL | Pattern.MULTILINE);

  static Page read(Path file) throws IOException {
    String text = Files.readString(file);
    List<Block> blocks = new ArrayList<>();
    String directive = "";
    int directiveEnd = -1;
    Matcher part = PART.matcher(text);
    while (part.find()) {
      int line = 1 + (int) text.substring(0, part.start()).lines().count();
      if (part.group("comment") != null) {
        directive = part.group("comment").strip();
        directiveEnd = part.end();
        if (directive.startsWith(SURROUNDINGS)) {
          String code = directive.substring(SURROUNDINGS.length()).strip();
          blocks.add(new Block(SURROUNDINGS, code, "", line));
        } else if (directive.startsWith(HIDDEN)) {
          blocks.add(new Block("java", directive.substring(HIDDEN.length()).strip(), "", line));
        }
        continue;
      }
      boolean isRightBehind =
          directiveEnd >= 0 && text.substring(directiveEnd, part.start()).isBlank();
      blocks.add(
          new Block(
              part.group("language").strip(),
              part.group("code"),
              isRightBehind ? directive : "",
              line));
    }
    return new Page(file, text, List.copyOf(blocks));
  }

  /** How messages say where a block is. */
  String placeOf(Block block) {
    return file + ", line " + block.line();
  }
}
