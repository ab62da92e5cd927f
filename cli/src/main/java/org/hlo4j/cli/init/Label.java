package org.hlo4j.cli.init;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The path of a value in a pytree, as JAX writes it: {@code params['layer1'][0].mu}.
 *
 * @param root the name of the argument, or {@code result}; may be empty
 * @param steps the steps from the root
 */
record Label(String root, List<Step> steps) {
  /** The text up to the next step. A dot before a digit starts no step. */
  private static final String PART = "(?:[^\\[.]|\\.(?!\\p{javaJavaIdentifierStart}))*+";

  private static final Pattern NAME = Pattern.compile(PART, Pattern.DOTALL);

  /** {@code .attribute}, {@code ['key']}, {@code ["key"]} or {@code [key]}. */
  private static final Pattern STEP =
      Pattern.compile(
          "\\.(?<attribute>\\p{javaJavaIdentifierStart}"
              + PART
              + ")|\\[(?<quote>['\"])(?<quoted>(?:\\\\.|(?!\\k<quote>).)*+)\\k<quote>]"
              + "|\\[(?!['\"])(?<key>[^]]*+)]",
          Pattern.DOTALL);

  /**
   * A step into a pytree.
   *
   * @param key the key, the attribute, or the number
   * @param isIndex whether it is a position in a list or tuple
   * @param text as JAX writes it, such as {@code ['key']}
   */
  record Step(String key, boolean isIndex, String text) {
    /** Returns the step to an element of a list or tuple. */
    static Step index(String number) {
      return new Step(number, true, "[" + number + "]");
    }

    /** Returns the step to the root of a pytree, or to a container that JAX does not have. */
    static Step root(String name, String text) {
      return new Step(name, false, text);
    }
  }

  Label {
    steps = List.copyOf(steps);
  }

  /** Parses a label. Text that is not a step of JAX is part of the preceding name. */
  static Label parse(String text) {
    Matcher root = NAME.matcher(text);
    int at = root.lookingAt() ? root.end() : 0;
    String name = text.substring(0, at);
    List<Step> steps = new ArrayList<>();
    Matcher step = STEP.matcher(text);
    while (step.region(at, text.length()).lookingAt()) {
      steps.add(step(step));
      at = step.end();
    }
    return at == text.length() ? new Label(name, steps) : new Label(text, List.of());
  }

  private static Step step(Matcher step) {
    String attribute = step.group("attribute");
    String quoted = step.group("quoted");
    if (attribute != null) {
      return new Step(attribute, false, step.group());
    }
    if (quoted != null) {
      return new Step(quoted.replaceAll("\\\\(.)", "$1"), false, step.group());
    }
    String key = String.valueOf(step.group("key"));
    boolean isIndex = !key.isEmpty() && key.chars().allMatch(Character::isDigit);
    return new Step(key, isIndex, step.group());
  }

  /** Returns the steps, including the root. */
  List<Step> fromRoot() {
    List<Step> all = new ArrayList<>();
    all.add(Step.root(root, root));
    all.addAll(steps);
    return all;
  }
}
