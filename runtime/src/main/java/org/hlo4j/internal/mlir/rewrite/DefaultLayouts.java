package org.hlo4j.internal.mlir.rewrite;

import java.util.regex.Pattern;

/**
 * Sets the layout of a program's inputs and outputs to that of buffers, which is row-major to the
 * host. PJRT accepts a program that asks for another layout, does not check that its arguments have
 * it, and then computes wrong numbers.
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
