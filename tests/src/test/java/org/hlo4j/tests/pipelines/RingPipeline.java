package org.hlo4j.tests.pipelines;

import java.util.Locale;

/** A pipeline of the example. */
enum RingPipeline {
  OVERLAP,
  SECOND_CONSUMER,
  IN_PLACE,
  RING,
  STAGGERED,
  ACCUMULATING,
  STATEFUL,
  TWO_SLOTS;

  /** The method's name. */
  String method() {
    StringBuilder name = new StringBuilder();
    for (String word : name().toLowerCase(Locale.ROOT).split("_", -1)) {
      name.append(
          name.isEmpty()
              ? word
              : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
    }
    return name.toString();
  }
}
