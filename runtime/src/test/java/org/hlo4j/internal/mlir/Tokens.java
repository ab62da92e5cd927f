package org.hlo4j.internal.mlir;

import java.util.ArrayList;
import java.util.List;
import org.hlo4j.internal.mlir.text.MlirLexer;
import org.hlo4j.internal.mlir.text.SourceText;
import org.hlo4j.internal.mlir.text.TokenKind;
import org.jspecify.annotations.NullUnmarked;

/** A program's tokens, each with the gap before it, to be taken apart and put together again. */
@NullUnmarked
final class Tokens {
  /**
   * A token.
   *
   * @param gap what is before it: blanks, line ends and comments
   */
  record Token(TokenKind kind, String gap, String text) {
    Token withText(String other) {
      return new Token(kind, gap, other);
    }

    private boolean startsLine() {
      return gap.indexOf('\n') >= 0;
    }
  }

  private final List<Token> list;

  private Tokens(List<Token> list) {
    this.list = list;
  }

  static Tokens of(String text) {
    List<Token> list = new ArrayList<>();
    MlirLexer lexer = new MlirLexer(new SourceText(text), 0);
    int end = 0;
    while (!lexer.is(TokenKind.END)) {
      list.add(
          new Token(
              lexer.kind(),
              text.substring(end, lexer.start()),
              text.substring(lexer.start(), lexer.end())));
      end = lexer.end();
      lexer.advance();
    }
    return new Tokens(list);
  }

  /** The same tokens, which may then be changed by themselves. */
  Tokens copy() {
    return new Tokens(new ArrayList<>(list));
  }

  List<Token> list() {
    return list;
  }

  int size() {
    return list.size();
  }

  Token at(int index) {
    return list.get(index);
  }

  /** A token of the same kind, for a number; the token itself if there is no other. */
  Token like(int index, int number) {
    List<Token> alike = list.stream().filter(t -> t.kind() == at(index).kind()).toList();
    return alike.get(number % alike.size());
  }

  /** The tokens of the line that a token is on. */
  List<Token> lineOf(int index) {
    int start = index;
    while (start > 0 && !at(start).startsLine()) {
      start--;
    }
    int end = index + 1;
    while (end < size() && !at(end).startsLine()) {
      end++;
    }
    return list.subList(start, end);
  }

  String text() {
    StringBuilder out = new StringBuilder();
    list.forEach(token -> out.append(token.gap()).append(token.text()));
    return out.append('\n').toString();
  }
}
