package org.hlo4j.internal.text;

import java.util.Collection;
import java.util.Locale;

/** Suggests the name that a user may have meant. */
public final class NameSuggestion {
  private NameSuggestion() {}

  /** Returns a question with the closest name, to append to a message; empty if none is close. */
  public static String didYouMean(String written, Collection<String> names) {
    String closest = "";
    // A third of the letters may differ: other names were hardly meant.
    int least = Math.max(1, written.length() / 3) + 1;
    for (String name : names) {
      int distance = distance(written.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT));
      if (distance < least && !name.isEmpty()) {
        least = distance;
        closest = name;
      }
    }
    return closest.isEmpty() ? "" : "; did you mean " + closest + "?";
  }

  /**
   * Returns the optimal string alignment distance: the number of insertions, deletions,
   * substitutions and swaps of adjacent letters.
   */
  private static int distance(String one, String other) {
    int[][] table = new int[one.length() + 1][other.length() + 1];
    for (int i = 0; i <= one.length(); i++) {
      for (int j = 0; j <= other.length(); j++) {
        table[i][j] = i == 0 ? j : j == 0 ? i : step(table, one, other, i, j);
      }
    }
    return table[one.length()][other.length()];
  }

  private static int step(int[][] table, String one, String other, int i, int j) {
    boolean same = one.charAt(i - 1) == other.charAt(j - 1);
    int least =
        Math.min(
            table[i - 1][j - 1] + (same ? 0 : 1), Math.min(table[i - 1][j], table[i][j - 1]) + 1);
    boolean swapped =
        i > 1
            && j > 1
            && one.charAt(i - 1) == other.charAt(j - 2)
            && one.charAt(i - 2) == other.charAt(j - 1);
    return swapped ? Math.min(least, table[i - 2][j - 2] + 1) : least;
  }
}
