package org.hlo4j.internal.text;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Normalizes the names of nodes in Python trees and in Java for comparison. */
public final class TreeNames {
  private static final Pattern BETWEEN = Pattern.compile("[./\\[\\]'\"]+");
  private static final Pattern NOT_COUNTED = Pattern.compile("[_-]");

  private TreeNames() {}

  /** Returns the parts of a name, without those that are ignored. */
  public static List<String> parts(String name) {
    List<String> parts = new ArrayList<>();
    for (String raw : BETWEEN.split(name, -1)) {
      String part = NOT_COUNTED.matcher(raw).replaceAll("").toLowerCase(Locale.ROOT);
      if (part.isEmpty()) {
        continue;
      }
      boolean number = part.chars().allMatch(c -> c >= '0' && c <= '9');
      if (number && !parts.isEmpty()) {
        parts.set(parts.size() - 1, parts.get(parts.size() - 1) + part);
      } else {
        parts.add(part);
      }
    }
    return parts;
  }

  /** Returns the number of leading parts that are common to all names, but to no component. */
  public static int surplusParts(
      Collection<List<String>> names, Collection<List<String>> components) {
    int count = 0;
    while (isSurplus(count, names, components)) {
      count++;
    }
    return count;
  }

  private static boolean isSurplus(
      int at, Collection<List<String>> names, Collection<List<String>> components) {
    if (names.isEmpty() || names.stream().anyMatch(name -> name.size() <= at + 1)) {
      return false;
    }
    String first = names.iterator().next().get(at);
    return names.stream().allMatch(name -> name.get(at).equals(first))
        && components.stream().noneMatch(component -> component.get(0).equals(first));
  }
}
