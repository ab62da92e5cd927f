package org.hlo4j.processor.pipeline.graph;

/** A pipeline that would have more steps than it may, once the rounds of a loop are written out. */
public final class TooLongException extends Exception {
  private static final long serialVersionUID = 1;

  private final int line;

  TooLongException(int line) {
    super("The loop is too long to be written out", null, false, false);
    this.line = line;
  }

  public int line() {
    return line;
  }
}
