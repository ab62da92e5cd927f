package org.hlo4j.internal.mlir.rewrite;

import org.hlo4j.error.CompilationException;
import org.hlo4j.internal.mlir.analysis.ResourceConstants;
import org.hlo4j.internal.mlir.text.SourceText;

/** Makes constants inline whose bytes are written after the program. */
public final class DenseResources {
  private DenseResources() {}

  /**
   * Returns the text with inline constants, and with the same number of lines.
   *
   * @throws CompilationException if the bytes of a constant are missing or invalid; the message
   *     shows the line
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
