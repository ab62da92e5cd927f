package org.hlo4j.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Parses the Python literals that occur in .npy headers: strings, integers, True and False, and
 * tuples, lists and dictionaries of them. Nothing is evaluated.
 */
final class PythonLiteral {
  private static final int DEEPEST = 16;

  private final String file;
  private final String text;
  private int at;

  private PythonLiteral(String file, String text) {
    this.file = file;
    this.text = text;
  }

  /**
   * Parses a dictionary.
   *
   * @return values of the types String, Long, Boolean, List and Map
   */
  static Map<?, ?> dictionary(String file, String text) {
    PythonLiteral reader = new PythonLiteral(file, text);
    Object value = reader.value(0);
    reader.skipBlanks();
    if (reader.at < text.length() || !(value instanceof Map<?, ?> dictionary)) {
      throw reader.refusal("expected a dictionary and nothing after it");
    }
    return dictionary;
  }

  private Object value(int depth) {
    if (depth > DEEPEST) {
      throw refusal("brackets are nested more than " + DEEPEST + " deep");
    }
    skipBlanks();
    char first = peek();
    return switch (first) {
      case '{' -> entries(depth);
      case '(' -> items(')', depth);
      case '[' -> items(']', depth);
      case '\'', '"' -> string(first);
      default -> first == '-' || isDigit(first) ? integer() : truth();
    };
  }

  private Map<String, Object> entries(int depth) {
    Map<String, Object> entries = new LinkedHashMap<>();
    at++;
    while (!skip('}')) {
      char quote = peek();
      if (quote != '\'' && quote != '"') {
        throw refusal("expected a string as a key");
      }
      String key = string(quote);
      if (!skip(':')) {
        throw refusal("expected a colon");
      }
      if (entries.put(key, value(depth + 1)) != null) {
        throw refusal("the key '" + key + "' is duplicated");
      }
      separator('}');
    }
    return entries;
  }

  private List<Object> items(char end, int depth) {
    List<Object> items = new ArrayList<>();
    at++;
    while (!skip(end)) {
      items.add(value(depth + 1));
      separator(end);
    }
    return items;
  }

  /** Reads a comma, which is optional after the last item. */
  private void separator(char end) {
    if (!skip(',')) {
      skipBlanks();
      if (peek() != end) {
        throw refusal("expected a comma or " + end);
      }
    }
  }

  private String string(char quote) {
    int end = text.indexOf(quote, at + 1);
    if (end < 0) {
      throw refusal("a string is not terminated");
    }
    String content = text.substring(at + 1, end);
    if (content.indexOf('\\') >= 0 || content.indexOf('\n') >= 0) {
      throw refusal("a string has a backslash or a line break, which is not allowed");
    }
    at = end + 1;
    return content;
  }

  /** Reads an integer, to which Python 2 appends an L. */
  private Long integer() {
    int start = at;
    at++;
    while (isDigit(peek())) {
      at++;
    }
    String digits = text.substring(start, at);
    if (peek() == 'L') {
      at++;
    }
    try {
      return Long.valueOf(digits);
    } catch (NumberFormatException e) {
      throw refusal(digits + " is not an integer below 2^63");
    }
  }

  private Boolean truth() {
    for (String word : List.of("True", "False")) {
      if (text.startsWith(word, at)) {
        at += word.length();
        return word.equals("True");
      }
    }
    throw refusal("expected a string, an integer, True, False or a bracket");
  }

  private boolean skip(char expected) {
    skipBlanks();
    if (peek() == expected) {
      at++;
      return true;
    }
    return false;
  }

  private void skipBlanks() {
    while (peek() == ' ' || peek() == '\n') {
      at++;
    }
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** Returns the next character; at the end, one that occurs in no header. */
  private char peek() {
    return at < text.length() ? text.charAt(at) : '\0';
  }

  private FileFormatException refusal(String problem) {
    return new FileFormatException(file, "the header, at character %d: %s", at, problem);
  }
}
