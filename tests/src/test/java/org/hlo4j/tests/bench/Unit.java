package org.hlo4j.tests.bench;

/** What figures are in. */
enum Unit {
  MICROSECONDS("µs"),
  MILLISECONDS("ms"),
  MEGABYTES("MB"),
  BYTES("bytes"),
  TIMES("×");

  private final String symbol;

  Unit(String symbol) {
    this.symbol = symbol;
  }

  /** Whether less is faster, so that a ratio says something. */
  boolean isTime() {
    return this == MICROSECONDS || this == MILLISECONDS;
  }

  @Override
  public String toString() {
    return symbol;
  }
}
