package org.hlo4j.internal.mlir.text;

/**
 * Splits MLIR text into tokens. The current token is a pair of offsets, so large constants are not
 * copied, and seeking back is free.
 */
public final class MlirLexer {
  private final SourceText source;
  private final String text;

  private TokenKind kind = TokenKind.END;
  private int start;
  private int end;
  private int previousEnd;
  private boolean afterNewline;

  /** Creates a lexer at the token at or after an offset. */
  public MlirLexer(SourceText source, int offset) {
    this.source = source;
    this.text = source.text();
    seek(offset);
  }

  public TokenKind kind() {
    return kind;
  }

  public int start() {
    return start;
  }

  public int end() {
    return end;
  }

  public int previousEnd() {
    return previousEnd;
  }

  /** Returns whether a line ends between the previous and the current token. */
  public boolean afterNewline() {
    return afterNewline;
  }

  /** Returns the current token's text. Only for tokens known to be short. */
  public String text() {
    return text.substring(start, end);
  }

  public boolean is(TokenKind expected) {
    return kind == expected;
  }

  public boolean isWord(String word) {
    return kind == TokenKind.WORD && end - start == word.length() && text.startsWith(word, start);
  }

  /**
   * Returns whether the current token is a word with a dialect's prefix, such as {@code func.func}.
   */
  public boolean isDottedWord() {
    return kind == TokenKind.WORD && text.indexOf('.', start, end - 1) >= 0;
  }

  /** Seeks to the token at or after an offset. */
  public void seek(int offset) {
    end = offset;
    advance();
  }

  public void advance() {
    previousEnd = end;
    skipBlanks();
    start = end;
    if (start == text.length()) {
      kind = TokenKind.END;
      return;
    }
    kind = scan(text.charAt(start));
  }

  private void skipBlanks() {
    afterNewline = false;
    int at = end;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '\n') {
        afterNewline = true;
        at++;
      } else if (c == ' ' || c == '\t' || c == '\r') {
        at++;
      } else if (c == '/' && text.startsWith("//", at)) {
        int newline = text.indexOf('\n', at);
        at = newline < 0 ? text.length() : newline;
      } else {
        break;
      }
    }
    end = at;
  }

  private TokenKind scan(char first) {
    return switch (first) {
      case '(' -> one(TokenKind.LEFT_PAREN);
      case ')' -> one(TokenKind.RIGHT_PAREN);
      case '{' ->
          text.startsWith("{-#", start)
              ? take(3, TokenKind.METADATA_OPEN)
              : one(TokenKind.LEFT_BRACE);
      case '}' -> one(TokenKind.RIGHT_BRACE);
      case '[' -> one(TokenKind.LEFT_BRACKET);
      case ']' -> one(TokenKind.RIGHT_BRACKET);
      case '<' -> one(TokenKind.LESS);
      case '>' -> one(TokenKind.GREATER);
      case ',' -> one(TokenKind.COMMA);
      case '=' -> one(TokenKind.EQUAL);
      case ':' ->
          text.startsWith("::", start) ? take(2, TokenKind.COLON_COLON) : one(TokenKind.COLON);
      case '-' -> text.startsWith("->", start) ? take(2, TokenKind.ARROW) : one(TokenKind.MINUS);
      case '.' ->
          text.startsWith("...", start) ? take(3, TokenKind.ELLIPSIS) : one(TokenKind.OTHER);
      case '"' -> take(stringEnd(start) - start, TokenKind.STRING);
      case '@' -> symbol();
      case '#' ->
          text.startsWith("#-}", start)
              ? take(3, TokenKind.METADATA_CLOSE)
              : prefixed(TokenKind.HASH);
      case '%' -> prefixed(TokenKind.VALUE);
      case '^' -> prefixed(TokenKind.LABEL);
      case '!' -> prefixed(TokenKind.BANG);
      default -> wordOrNumber(first);
    };
  }

  private TokenKind one(TokenKind found) {
    return take(1, found);
  }

  private TokenKind take(int length, TokenKind found) {
    end = start + length;
    return found;
  }

  private TokenKind wordOrNumber(char first) {
    if (Characters.isLetter(first) || first == '_') {
      end = Characters.wordEnd(text, start + 1);
      return TokenKind.WORD;
    }
    if (Characters.isDigit(first)) {
      end = numberEnd();
      return TokenKind.NUMBER;
    }
    return one(TokenKind.OTHER);
  }

  private TokenKind prefixed(TokenKind found) {
    int at = start + 1;
    if (at < text.length() && Characters.isDigit(text.charAt(at))) {
      end = Characters.digitsEnd(text, at);
      return found;
    }
    while (at < text.length() && (Characters.isWordPart(text.charAt(at)) || isDash(at))) {
      at++;
    }
    return at == start + 1 ? one(TokenKind.OTHER) : take(at - start, found);
  }

  /** Names may contain dashes; but {@code ->} after a name is an arrow. */
  private boolean isDash(int at) {
    return text.charAt(at) == '-' && !text.startsWith("->", at);
  }

  private TokenKind symbol() {
    int at = start + 1;
    if (at < text.length() && text.charAt(at) == '"') {
      end = stringEnd(at);
      return TokenKind.SYMBOL;
    }
    int after = Characters.wordEnd(text, at);
    return after == at ? one(TokenKind.OTHER) : take(after - start, TokenKind.SYMBOL);
  }

  private int numberEnd() {
    if (text.startsWith("0x", start)) {
      int after = Characters.hexDigitsEnd(text, start + 2);
      // A tensor may be empty: the x in 0x4xf32 does not start a hexadecimal number.
      return after == start + 2 ? start + 1 : after;
    }
    int at = Characters.digitsEnd(text, start);
    if (at >= text.length() || text.charAt(at) != '.' || text.startsWith("...", at)) {
      return at;
    }
    at = Characters.digitsEnd(text, at + 1);
    if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
      int exponent = at + 1;
      if (exponent < text.length()
          && (text.charAt(exponent) == '-' || text.charAt(exponent) == '+')) {
        exponent++;
      }
      int after = Characters.digitsEnd(text, exponent);
      return after == exponent ? at : after;
    }
    return at;
  }

  private int stringEnd(int quote) {
    for (int at = quote + 1; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '"') {
        return at + 1;
      }
      if (c == '\\') {
        at++;
      } else if (c == '\n') {
        break;
      }
    }
    throw source.error(quote, "this string is never closed");
  }
}
