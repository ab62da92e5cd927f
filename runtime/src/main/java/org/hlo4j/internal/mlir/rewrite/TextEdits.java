package org.hlo4j.internal.mlir.rewrite;

import java.util.Map;
import java.util.TreeMap;
import org.hlo4j.internal.mlir.text.SourceText;
import org.hlo4j.internal.mlir.text.Span;

/**
 * Changes of a program's text, made all at once. What a place loses in lines comes back as empty
 * ones, so that XLA's lines are those of the text as it was; a replacement should not have more
 * lines than what it replaces. No two changes may overlap.
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

  /** The whole text with all changes. */
  String text() {
    return text(new Span(0, source.length()));
  }

  /** A part of the text, with all changes, which lie in it. */
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
