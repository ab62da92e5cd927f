package org.hlo4j.internal.mlir;

import java.util.ArrayList;
import java.util.List;
import org.hlo4j.internal.mlir.Tokens.Token;
import org.hlo4j.internal.mlir.text.TokenKind;
import org.jspecify.annotations.NullUnmarked;

/**
 * A change of a program that its grammar knows of: many mutants are read far into.
 *
 * @param at the token that is changed, by a number of any size
 * @param other another token, or what is put in, by a number of any size
 */
@NullUnmarked
record Mutation(Kind kind, int at, int other) {
  private static final List<String> NUMBERS =
      List.of(
          "0",
          "1",
          "-1",
          "4",
          "00",
          "0x",
          "0x1",
          "1.5",
          "1e9",
          "1e999",
          "-0.0",
          "2147483648",
          "4294967296",
          "9223372036854775807",
          "9223372036854775808",
          "99999999999999999999");

  private static final List<String> ODDITIES =
      List.of(
          "(",
          ")",
          "{",
          "}",
          "[",
          "]",
          "<",
          ">",
          "<{",
          "}>",
          "->",
          ":",
          "::",
          ",",
          "=",
          "-",
          "\"",
          "\"a\"",
          "%",
          "%0",
          "%x#1",
          "%c:2",
          "@",
          "@main",
          "@\"\"",
          "#",
          "#a",
          "#0",
          "!",
          "!t",
          "^",
          "^bb0:",
          "?",
          "*",
          "x",
          "/",
          "//",
          "{-#",
          "#-}",
          "loc(",
          "dense<",
          "tensor<",
          "tensor<?xf32>",
          "tensor<*xf32>",
          "tensor<0x0xf32>",
          "tuple<",
          "return",
          "func.func",
          "call @main() : () -> ()",
          "module",
          "attributes",
          "private",
          "true",
          "{tf.aliasing_output = 0 : i32}",
          "{jax.buffer_donor = true}",
          "\\",
          "\u0000",
          "\ufeff",
          "\u00e9",
          "\ud800",
          "\u2028",
          "\r",
          "\t");

  private static final List<String> OPENERS =
      List.of(
          "(",
          "[",
          "{",
          "<",
          "tuple<",
          "() -> (",
          "dense<[",
          "\"a.b\"() ({",
          "loc(",
          "{a = ",
          "module {",
          "[#a<",
          "tensor<4x");

  private static final List<String> CLOSERS =
      List.of(")", "]", "}", ">", ">", ")", "]>", "}) : () -> ()", ")", "}", "}", ">]", ">");

  /** Kinds after which a program is often one again. */
  static final List<Kind> MILD =
      List.of(
          Kind.REPLACE_ALIKE,
          Kind.RENAME,
          Kind.NUMBER,
          Kind.DELETE_LINE,
          Kind.DUPLICATE_LINE,
          Kind.MOVE_LINE);

  /** What is done. */
  enum Kind {
    /** A token goes. */
    DELETE,
    /** A token comes twice. */
    DUPLICATE,
    /** Two tokens change places. */
    SWAP,
    /** A token becomes another of its kind: a value, a type's name, a number. */
    REPLACE_ALIKE,
    /** As much, wherever the token is. */
    RENAME,
    /** A token becomes a number. */
    NUMBER,
    /** A token becomes something odd. */
    ODDITY,
    /** Something odd comes before a token. */
    INSERT,
    /** A line goes. */
    DELETE_LINE,
    /** A line comes twice. */
    DUPLICATE_LINE,
    /** A line moves to another place. */
    MOVE_LINE,
    /** Nothing is left behind a token. */
    CUT,
    /** A token is wrapped into many brackets. */
    NEST,
    /** Many brackets are opened before a token. */
    OPEN,
    /** The line ends before a token. */
    BREAK_LINE
  }

  /** Changes tokens in place. */
  void apply(Tokens tokens) {
    if (tokens.size() == 0) {
      return;
    }
    List<Token> list = tokens.list();
    int here = at % list.size();
    int there = other % list.size();
    Token token = list.get(here);
    switch (kind) {
      case DELETE -> list.remove(here);
      case DUPLICATE -> list.add(here, token);
      case SWAP -> {
        list.set(here, list.get(there));
        list.set(there, token);
      }
      case REPLACE_ALIKE -> list.set(here, token.withText(tokens.like(here, other).text()));
      case RENAME -> {
        String name = tokens.like(here, other).text();
        list.replaceAll(t -> t.text().equals(token.text()) ? t.withText(name) : t);
      }
      case NUMBER -> list.set(here, token.withText(pick(NUMBERS)));
      case ODDITY -> list.set(here, token.withText(pick(ODDITIES)));
      case INSERT -> list.add(here, new Token(TokenKind.OTHER, " ", pick(ODDITIES)));
      case DELETE_LINE -> tokens.lineOf(here).clear();
      case DUPLICATE_LINE -> list.addAll(there, new ArrayList<>(tokens.lineOf(here)));
      case MOVE_LINE -> {
        List<Token> line = new ArrayList<>(tokens.lineOf(here));
        tokens.lineOf(here).clear();
        list.addAll(list.isEmpty() ? 0 : other % list.size(), line);
      }
      case CUT -> list.subList(here, list.size()).clear();
      case NEST -> list.set(here, token.withText(nested(token.text())));
      case OPEN -> list.set(here, token.withText(pick(OPENERS).repeat(depth()) + token.text()));
      case BREAK_LINE -> list.set(here, new Token(token.kind(), token.gap() + "\n", token.text()));
    }
  }

  private String pick(List<String> choices) {
    return choices.get(other % choices.size());
  }

  private int depth() {
    return 1 + other / 100 % 2000;
  }

  private String nested(String text) {
    return pick(OPENERS).repeat(depth()) + text + pick(CLOSERS).repeat(depth());
  }
}
