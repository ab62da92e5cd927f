package org.hlo4j.internal.sharding;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Splits the text of a sharding into tokens; skips white space between them. */
final class ShardingLexer {
  private final String text;
  private int at;

  ShardingLexer(String text) {
    this.text = text;
    passBlanks();
  }

  private void passBlanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  boolean isAtEnd() {
    return at == text.length();
  }

  boolean isAt(String token) {
    return text.startsWith(token, at);
  }

  /** Skips a token if it is next. */
  boolean accept(String token) {
    if (!isAt(token)) {
      return false;
    }
    at += token.length();
    passBlanks();
    return true;
  }

  void expect(String token) {
    if (!accept(token)) {
      throw error(token);
    }
  }

  /** Returns an unsigned number. */
  int number() {
    int start = at;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    // Nine digits fit into an int, and no client has so many devices.
    if (at == start || at - start > 9) {
      throw error("a number");
    }
    int number = Integer.parseInt(text.substring(start, at));
    passBlanks();
    return number;
  }

  /** Returns comma-separated numbers, at least one. */
  List<Integer> numbers() {
    List<Integer> numbers = new ArrayList<>();
    do {
      numbers.add(number());
    } while (accept(","));
    return numbers;
  }

  /** Returns the items between two tokens; commas between them are optional. */
  <T> List<T> list(String open, String close, Supplier<T> item) {
    List<T> items = new ArrayList<>();
    expect(open);
    while (!accept(close)) {
      items.add(item.get());
      accept(",");
    }
    return items;
  }

  /** Returns a name of letters, digits and the characters that MLIR allows in names. */
  String word() {
    int start = at;
    while (at < text.length() && isWordCharacter(text.charAt(at))) {
      at++;
    }
    if (at == start) {
      throw error("a name");
    }
    String word = text.substring(start, at);
    passBlanks();
    return word;
  }

  private static boolean isWordCharacter(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '$' || c == '.' || c == '-';
  }

  /** Returns the characters of a string in quotes. */
  String string() {
    int end = isAt("\"") ? text.indexOf('"', at + 1) : -1;
    if (end < 0) {
      throw error("a name in quotes");
    }
    String string = text.substring(at + 1, end);
    at = end + 1;
    passBlanks();
    return string;
  }

  IllegalArgumentException error(String expected) {
    String rest = text.substring(at);
    return new IllegalArgumentException(
        rest.isEmpty()
            ? "'%s' ends where %s was expected".formatted(text, expected)
            : "'%s' has '%s' where %s was expected".formatted(text, rest, expected));
  }
}
