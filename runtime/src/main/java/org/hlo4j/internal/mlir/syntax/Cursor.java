package org.hlo4j.internal.mlir.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.hlo4j.internal.mlir.model.SymbolReference;
import org.hlo4j.internal.mlir.text.MlirLexer;
import org.hlo4j.internal.mlir.text.MlirSyntaxException;
import org.hlo4j.internal.mlir.text.SourceText;
import org.hlo4j.internal.mlir.text.Span;
import org.hlo4j.internal.mlir.text.Strings;
import org.hlo4j.internal.mlir.text.TokenKind;
import org.jspecify.annotations.Nullable;

/** A lexer with the steps that all parsers share. */
public final class Cursor {
  /** Deeper than any program's regions and types, and shallow enough for a small thread's stack. */
  private static final int MAX_DEPTH = 256;

  private final SourceText source;
  private final MlirLexer lexer;
  private final MlirLexer probe;
  private List<SymbolReference> symbols = new ArrayList<>();
  private int depth;

  public Cursor(SourceText source, int offset) {
    this.source = source;
    this.lexer = new MlirLexer(source, offset);
    this.probe = new MlirLexer(source, offset);
  }

  SourceText source() {
    return source;
  }

  public MlirLexer lexer() {
    return lexer;
  }

  /** A second lexer, at the token after the current one, to look ahead with. */
  MlirLexer lookAhead() {
    probe.seek(lexer.end());
    return probe;
  }

  /** Collects the symbols that are passed from now on; answers the collection until now. */
  List<SymbolReference> collectSymbols(List<SymbolReference> into) {
    List<SymbolReference> before = symbols;
    symbols = into;
    return before;
  }

  /** Goes one level deeper, unless that is too deep. */
  void enter() {
    if (depth == MAX_DEPTH) {
      throw error("regions or types are nested more than " + MAX_DEPTH + " deep");
    }
    depth++;
  }

  /** Comes back from a level. */
  void leave() {
    depth--;
  }

  MlirSyntaxException error(String problem) {
    return source.error(lexer.start(), problem);
  }

  /** The error that something else than the current token was expected. */
  MlirSyntaxException expected(String what) {
    return error("expected " + what + ", found " + found());
  }

  private String found() {
    if (lexer.is(TokenKind.END)) {
      return TokenKind.END.text();
    }
    int shown = Math.min(lexer.end(), lexer.start() + 40);
    String text = source.slice(new Span(lexer.start(), shown));
    return "'" + text + (shown < lexer.end() ? "..." : "") + "'";
  }

  public Span expect(TokenKind kind) {
    check(kind);
    Span span = here();
    lexer.advance();
    return span;
  }

  void check(TokenKind kind) {
    if (!lexer.is(kind)) {
      throw expected(kind.text());
    }
  }

  boolean accept(TokenKind kind) {
    if (!lexer.is(kind)) {
      return false;
    }
    lexer.advance();
    return true;
  }

  boolean acceptWord(String word) {
    if (!lexer.isWord(word)) {
      return false;
    }
    lexer.advance();
    return true;
  }

  /** Passes items that commas separate, between two tokens; there may be none. */
  <T> List<T> list(TokenKind open, TokenKind close, Supplier<T> item) {
    expect(open);
    List<T> items = new ArrayList<>();
    if (!accept(close)) {
      do {
        items.add(item.get());
      } while (accept(TokenKind.COMMA));
      expect(close);
    }
    return items;
  }

  Span here() {
    return new Span(lexer.start(), lexer.end());
  }

  /** The span from an offset to the end of the token before the current one. */
  Span since(int start) {
    return new Span(start, Math.max(start, lexer.previousEnd()));
  }

  SymbolReference symbol() {
    Span span = expect(TokenKind.SYMBOL);
    SymbolReference reference = new SymbolReference(Strings.symbolName(source.slice(span)), span);
    symbols.add(reference);
    // The names inside of a symbol, as in @outer::@inner, are no references of their own.
    while (lexer.is(TokenKind.COLON_COLON) && lookAhead().is(TokenKind.SYMBOL)) {
      lexer.advance();
      lexer.advance();
    }
    return reference;
  }

  /** Passes a token, whatever it is, and collects it if it is a symbol. */
  void pass() {
    if (lexer.is(TokenKind.SYMBOL)) {
      symbol();
    } else {
      lexer.advance();
    }
  }

  /** Passes a bracket and all that it holds. */
  void passBrackets() {
    Brackets open = new Brackets(source);
    do {
      passToken(open);
    } while (open.depth() > 0);
  }

  /** Passes tokens up to a comma or a closing bracket that was opened before. */
  Span passValue() {
    int start = lexer.start();
    Brackets open = new Brackets(source);
    while (!lexer.is(TokenKind.END)
        && (open.depth() > 0 || !(lexer.is(TokenKind.COMMA) || open.closes(lexer)))) {
      passToken(open);
    }
    if (open.depth() > 0) {
      throw open.neverClosed();
    }
    if (lexer.start() == start) {
      throw expected("a value");
    }
    return since(start);
  }

  private void passToken(Brackets open) {
    if (open.opens(lexer)) {
      open.open(lexer);
    } else if (open.closes(lexer)) {
      open.close(lexer);
    } else if (lexer.is(TokenKind.END)) {
      throw open.neverClosed();
    }
    pass();
  }

  boolean acceptLocation() {
    return location() != null;
  }

  /** A refusal of a location at the current token in a form that is for people only. */
  MlirSyntaxException prettyLocation() {
    return source.error(
        lexer.start(),
        "this is a location in MLIR's pretty debug form, which MLIR cannot parse either; print the"
            + " program without pretty_debug_info (mlir-print-debuginfo without"
            + " mlir-pretty-debuginfo)");
  }

  /** Passes {@code loc(...)}; answers where it is, or null if it is not there. */
  @Nullable Span location() {
    if (!lexer.isWord("loc") || !lookAhead().is(TokenKind.LEFT_PAREN)) {
      if (lexer.is(TokenKind.LEFT_BRACKET) && lookAhead().isWord("unknown")) {
        throw prettyLocation();
      }
      return null;
    }
    int start = lexer.start();
    lexer.advance();
    passBrackets();
    return since(start);
  }
}
