package org.hlo4j.internal.mlir.text;

/** The kinds of tokens that the parsers distinguish. */
public enum TokenKind {
  END("the end of the text"),
  /**
   * A keyword, or the name of an operation, attribute or type: {@code module}, {@code func.func}.
   */
  WORD("a word"),
  STRING("a string"),
  /** An integer or a float, without sign. */
  NUMBER("a number"),
  /** A value's name: {@code %arg0}. */
  VALUE("a value"),
  /** A symbol's name: {@code @main}, {@code @"main"}. */
  SYMBOL("a symbol"),
  /** A block's label: {@code ^bb0}. */
  LABEL("a block label"),
  /** An attribute of a dialect, an alias, or the index of a result: {@code #loc}, {@code #1}. */
  HASH("an attribute"),
  /** A type of a dialect, or an alias: {@code !stablehlo.token}. */
  BANG("a type"),
  LEFT_PAREN("'('"),
  RIGHT_PAREN("')'"),
  LEFT_BRACE("'{'"),
  RIGHT_BRACE("'}'"),
  LEFT_BRACKET("'['"),
  RIGHT_BRACKET("']'"),
  LESS("'<'"),
  GREATER("'>'"),
  COMMA("','"),
  COLON("':'"),
  COLON_COLON("'::'"),
  EQUAL("'='"),
  ARROW("'->'"),
  MINUS("'-'"),
  ELLIPSIS("'...'"),
  /** The start of a file's metadata: <code>{-#</code>. */
  METADATA_OPEN("'{-#'"),
  /** The end of a file's metadata: <code>#-}</code>. */
  METADATA_CLOSE("'#-}'"),
  /** Any other character, which attributes of unknown dialects may contain. */
  OTHER("a character");

  private final String text;

  TokenKind(String text) {
    this.text = text;
  }

  /** Returns the name in messages. */
  public String text() {
    return text;
  }
}
