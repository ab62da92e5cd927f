package org.hlo4j.internal.mlir.text;

/** The kinds of tokens that the parsers distinguish. */
public enum TokenKind {
  END("the end of the text"),
  /** A keyword, an operation's or attribute's name, a type's: {@code module}, {@code func.func}. */
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
  /** An attribute of a dialect, an alias, or the number of a result: {@code #loc}, {@code #1}. */
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
  /** Any other character; attributes of unknown dialects may hold some. */
  OTHER("a character");

  private final String text;

  TokenKind(String text) {
    this.text = text;
  }

  /** As a message names it. */
  public String text() {
    return text;
  }
}
