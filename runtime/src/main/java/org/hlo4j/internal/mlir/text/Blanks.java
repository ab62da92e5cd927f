package org.hlo4j.internal.mlir.text;

/** Normalizes white space, so that texts can be compared. */
public final class Blanks {
  private Blanks() {}

  /** The text with one blank for each run of blanks and line ends. */
  public static String collapse(String text) {
    StringBuilder out = new StringBuilder(text.length());
    int at = 0;
    while (at < text.length()) {
      int after = Characters.blanksEnd(text, at);
      if (after > at) {
        out.append(' ');
      } else {
        out.append(text.charAt(at));
        after = at + 1;
      }
      at = after;
    }
    return out.toString();
  }
}
