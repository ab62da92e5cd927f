package org.hlo4j.processor.pipeline.syntax;

import org.hlo4j.internal.mlir.text.Span;

/**
 * A word or a mark of a pipeline's text.
 *
 * @param text as it is written; an arrow as {@code ->}, whichever way it was
 */
record Token(Kind kind, String text, Span span) {
  /** Of which kind a token is. */
  enum Kind {
    /** A name or a keyword: what it is, only its place tells. */
    NAME,
    /** A number of decimal digits. */
    NUMBER,
    /** A bracket, a comma and the like. */
    MARK,
    /** The end of a line on which a statement may end, or a semicolon. */
    LINE_END,
    /** The end of the text. */
    END
  }

  boolean is(String mark) {
    return kind == Kind.MARK && text.equals(mark);
  }

  boolean isWord(String word) {
    return kind == Kind.NAME && text.equals(word);
  }

  /** How messages show it. */
  String shown() {
    return switch (kind) {
      case LINE_END -> "the end of the line";
      case END -> "the end of the pipeline";
      case NAME, NUMBER, MARK -> "'" + text + "'";
    };
  }
}
