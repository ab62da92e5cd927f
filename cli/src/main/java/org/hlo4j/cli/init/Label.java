package org.hlo4j.cli.init;

import java.util.ArrayList;
import java.util.List;

/**
 * Where a value stands in a pytree, as JAX writes it: {@code params['layer1'][0].mu}.
 *
 * @param root the name of the argument, or {@code result}; may be empty
 * @param steps the way from there
 */
record Label(String root, List<Step> steps) {
  /**
   * A step into a pytree.
   *
   * @param key the key, the attribute, or the number
   * @param isIndex whether it is a place in a list or tuple
   */
  record Step(String key, boolean isIndex) {}

  Label {
    steps = List.copyOf(steps);
  }

  /** Reads a label. What is no step of JAX's is part of the name before it. */
  static Label parse(String text) {
    return new Parser(text).parse();
  }

  /** All of it as steps, from the root on. */
  List<Step> fromRoot() {
    List<Step> all = new ArrayList<>();
    all.add(new Step(root, false));
    all.addAll(steps);
    return all;
  }

  /** Goes through a text from left to right. */
  private static final class Parser {
    private static final char ESCAPE = '\\';

    private final String text;
    private final List<Step> steps = new ArrayList<>();
    private int at;

    Parser(String text) {
      this.text = text;
    }

    Label parse() {
      String root = name();
      while (at < text.length() && step()) {
        // Each step moves on by itself.
      }
      return at == text.length() ? new Label(root, steps) : new Label(text, List.of());
    }

    private boolean step() {
      return switch (text.charAt(at)) {
        case '.' -> attribute();
        case '[' -> bracket();
        default -> false;
      };
    }

    /** Up to the next step. A dot before a digit is none. */
    private String name() {
      int start = at;
      while (at < text.length() && text.charAt(at) != '[' && !atAttribute()) {
        at++;
      }
      return text.substring(start, at);
    }

    private boolean atAttribute() {
      return text.charAt(at) == '.'
          && at + 1 < text.length()
          && Character.isJavaIdentifierStart(text.charAt(at + 1));
    }

    private boolean attribute() {
      if (!atAttribute()) {
        return false;
      }
      at++;
      steps.add(new Step(name(), false));
      return true;
    }

    private boolean bracket() {
      int inside = at + 1;
      if (inside == text.length()) {
        return false;
      }
      char first = text.charAt(inside);
      return (first == '\'' || first == '"') ? quoted(first) : unquoted();
    }

    private boolean unquoted() {
      int end = text.indexOf(']', at);
      if (end < 0) {
        return false;
      }
      String key = text.substring(at + 1, end);
      steps.add(new Step(key, !key.isEmpty() && key.chars().allMatch(Character::isDigit)));
      at = end + 1;
      return true;
    }

    private boolean quoted(char quote) {
      StringBuilder key = new StringBuilder();
      int next = at + 2;
      while (next < text.length() && text.charAt(next) != quote) {
        if (text.charAt(next) == ESCAPE && next + 1 < text.length()) {
          next++;
        }
        key.append(text.charAt(next));
        next++;
      }
      if (!text.startsWith("]", next + 1)) {
        return false;
      }
      steps.add(new Step(key.toString(), false));
      at = next + 2;
      return true;
    }
  }
}
