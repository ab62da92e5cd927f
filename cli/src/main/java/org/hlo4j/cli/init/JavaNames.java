package org.hlo4j.cli.init;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.SourceVersion;

/** Converts names to Java names, such as {@code learning-rate} to {@code learningRate}. */
final class JavaNames {
  private static final String NOTHING = "value";

  /** The methods of Object without parameters, which are not allowed as record components. */
  private static final Set<String> OF_OBJECTS =
      Set.of(
          "clone", "finalize", "getClass", "hashCode", "notify", "notifyAll", "toString", "wait");

  private static final Pattern PLURAL_IN_ES = Pattern.compile("(ch|sh|ss|x)es$");

  /** The ends of words such as bias, class, focus and axis. */
  private static final Pattern SINGULAR = Pattern.compile("[asui]s$");

  private JavaNames() {}

  /** Returns the name of a method, parameter or component. */
  static String member(String text) {
    List<String> words = words(text);
    String first = words.isEmpty() ? NOTHING : uncapitalized(words.get(0));
    String name =
        first + words.stream().skip(1).map(JavaNames::capitalized).collect(Collectors.joining());
    String legal = Character.isJavaIdentifierStart(name.charAt(0)) ? name : NOTHING + name;
    return SourceVersion.isKeyword(legal) || OF_OBJECTS.contains(legal) ? legal + "Value" : legal;
  }

  static String type(String text) {
    return capitalized(member(text));
  }

  /** Returns the singular, such as {@code layer} for {@code layers}, or the name itself. */
  static String singular(String name) {
    if (name.equals("indices")) {
      return "index";
    }
    if (name.endsWith("ies") && name.length() > 4) {
      return name.substring(0, name.length() - 3) + "y";
    }
    if (PLURAL_IN_ES.matcher(name).find()) {
      return name.substring(0, name.length() - 2);
    }
    boolean isPlural = name.length() > 2 && name.endsWith("s") && !SINGULAR.matcher(name).find();
    return isPlural ? name.substring(0, name.length() - 1) : name;
  }

  /** Returns {@code layer1} for {@code layer} and 1, and {@code layer1_0} for that and 0. */
  static String numbered(String name, String number) {
    boolean endsInDigit = Character.isDigit(name.charAt(name.length() - 1));
    return name + (endsInDigit ? "_" : "") + number;
  }

  /** Splits a text at characters that are not allowed in names. */
  private static List<String> words(String text) {
    return Stream.of(text.split("[^A-Za-z0-9]+")).filter(word -> !word.isEmpty()).toList();
  }

  private static String capitalized(String word) {
    return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }

  /** Returns {@code mu} for {@code Mu}, and {@code url} for {@code URL}. */
  private static String uncapitalized(String word) {
    return word.equals(word.toUpperCase(Locale.ROOT))
        ? word.toLowerCase(Locale.ROOT)
        : word.substring(0, 1).toLowerCase(Locale.ROOT) + word.substring(1);
  }
}
