package org.hlo4j.internal.mlir.rewrite;

import java.util.Map;
import java.util.TreeMap;
import org.hlo4j.internal.mlir.text.SourceText;
import org.hlo4j.internal.mlir.text.Span;

/**
 * Edits of a program's text, applied at once. Replacements with fewer lines are padded with empty
 * ones, so that XLA's line numbers match the original; they should not have more lines than the
 * replaced text. Edits may not overlap.
 */
final class TextEdits {
  private final SourceText source;
  private final Map<Integer, Edit> edits = new TreeMap<>();

  private record Edit(Span span, String replacement) {}

  TextEdits(SourceText source) {
    this.source = source;
  }

  TextEdits replace(Span span, String replacement) {
    edits.put(span.start(), new Edit(span, replacement));
    return this;
  }

  String text() {
    return text(new Span(0, source.length()));
  }

  /** Returns a part of the text with all edits, which must lie in it. */
  String text(Span part) {
    StringBuilder text = new StringBuilder();
    int at = part.start();
    for (Edit edit : edits.values()) {
      long lines = lines(source.slice(edit.span())) - lines(edit.replacement());
      text.append(source.text(), at, edit.span().start())
          .append(edit.replacement())
          .repeat('\n', (int) Math.max(0, lines));
      at = edit.span().end();
    }
    return text.append(source.text(), at, part.end()).toString();
  }

  private static long lines(String text) {
    return text.chars().filter(c -> c == '\n').count();
  }
}
