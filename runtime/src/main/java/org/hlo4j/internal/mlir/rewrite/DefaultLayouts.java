package org.hlo4j.internal.mlir.rewrite;

import java.util.regex.Pattern;

/**
 * Gives the inputs and outputs of a program the layout that buffers have: row-major as far as a
 * host can tell. PJRT lets a program ask for another one, and then does not look whether its
 * arguments have it: it computes wrong numbers.
 */
public final class DefaultLayouts {
  private static final String ATTRIBUTE = "mhlo.layout_mode";
  private static final Pattern MODE =
      Pattern.compile("(" + Pattern.quote(ATTRIBUTE) + "\"?\\s*=\\s*)\"[^\"\n]*\"");

  private DefaultLayouts() {}

  /** The text without layouts of its own; all other text stays where it is. */
  public static String in(String text) {
    return text.contains(ATTRIBUTE) ? MODE.matcher(text).replaceAll("$1\"default\"") : text;
  }
}
