package org.hlo4j.tests.bench;

import java.util.Locale;

/** The page that the table stands on. */
final class Page {
  private Page() {}

  /**
   * The page.
   *
   * @param facts a list of what the figures depend on
   * @param rounds how often each row was measured
   */
  static String of(String facts, int rounds, String table) {
    return String.format(
        Locale.ROOT,
        """
    # How fast it is

    Written by `mvn -Pbench -Dbench.output=$PWD/docs/bench`.

    %s
    Each figure is the median of %d rounds, with the least and the most in parentheses. In each round each
    contender runs each row in a process of its own, one after the other, and a ratio is of figures of one
    round: read the ratios, since the machine's speed changes. All have their default options.

    %s
    C is a bare loop over the same plugin; for the rows of 64 MB in and out, it is `memcpy` to memory that was
    touched before. JAX runs jitted functions, dispatched without waiting, on the XLA that it brings. "No slower"
    allows 5 %% of noise; "same order" is at least 0.8 of JAX's.

    ![Time of hlo4j over its peers'](speed.svg)
    """,
        facts,
        rounds,
        table);
  }
}
