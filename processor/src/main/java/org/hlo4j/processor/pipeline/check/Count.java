package org.hlo4j.processor.pipeline.check;

/** Numbers of things, as messages say them. */
final class Count {
  private Count() {}

  /** Such as {@code 1 name} and {@code 2 names}. */
  static String of(int number, String thing) {
    return "%s %s%s".formatted(number, thing, number == 1 ? "" : "s");
  }

  /** Such as {@code is 1 name} and {@code are 2 names}. */
  static String are(int number, String thing) {
    return (number == 1 ? "is " : "are ") + of(number, thing);
  }
}
