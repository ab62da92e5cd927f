package org.hlo4j.internal.mlir.rewrite;

import org.hlo4j.error.CompilationException;
import org.hlo4j.internal.mlir.analysis.ResourceConstants;
import org.hlo4j.internal.mlir.text.SourceText;

/** Moves constants whose bytes are written after the program to the place where they are used. */
public final class DenseResources {
  private DenseResources() {}

  /**
   * The text with each constant in its place, and as many lines.
   *
   * @throws CompilationException if the bytes of a constant are missing or wrong; the message shows
   *     the line
   */
  public static String inlined(String text) {
    if (!ResourceConstants.areIn(text)) {
      return text;
    }
    SourceText source = new SourceText(text);
    TextEdits edits = new TextEdits(source);
    ResourceConstants.replacements(source).forEach(edits::replace);
    return edits.text();
  }
}
