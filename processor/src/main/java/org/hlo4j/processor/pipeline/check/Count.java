package org.hlo4j.processor.pipeline.check;

/** Numbers with nouns, for messages. */
final class Count {
  private Count() {}

  /** Returns a text such as {@code 1 name} or {@code 2 names}. */
  static String of(int number, String thing) {
    return "%s %s%s".formatted(number, thing, number == 1 ? "" : "s");
  }

  /** Returns a text such as {@code is 1 name} or {@code are 2 names}. */
  static String are(int number, String thing) {
    return (number == 1 ? "is " : "are ") + of(number, thing);
  }
}
