package org.hlo4j.processor.pipeline.syntax;

import org.hlo4j.internal.mlir.text.Span;

/**
 * A token of a pipeline's text.
 *
 * @param text the token's text; {@code ->} for any form of an arrow
 */
record Token(Kind kind, String text, Span span) {
  /** The kinds of tokens. */
  enum Kind {
    /** A name or a keyword, depending on the context. */
    NAME,
    /** A number of decimal digits. */
    NUMBER,
    /** A punctuation mark. */
    MARK,
    /** The end of a line that may end a statement, or a semicolon. */
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

  /** Returns the form in messages. */
  String shown() {
    return switch (kind) {
      case LINE_END -> "the end of the line";
      case END -> "the end of the pipeline";
      case NAME, NUMBER, MARK -> "'" + text + "'";
    };
  }
}
