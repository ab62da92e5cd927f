package org.hlo4j.internal.mlir.rewrite;

import java.util.regex.Pattern;

/**
 * Sets the layouts of a program's inputs and outputs to that of buffers, which the host sees as
 * row-major. PJRT accepts programs with other layouts, does not check its arguments' layouts, and
 * computes wrong results.
 */
public final class DefaultLayouts {
  private static final String ATTRIBUTE = "mhlo.layout_mode";
  private static final Pattern MODE =
      Pattern.compile("(" + Pattern.quote(ATTRIBUTE) + "\"?\\s*=\\s*)\"[^\"\n]*\"");

  private DefaultLayouts() {}

  /** Returns the text without custom layouts; all other text keeps its position. */
  public static String in(String text) {
    return text.contains(ATTRIBUTE) ? MODE.matcher(text).replaceAll("$1\"default\"") : text;
  }
}
