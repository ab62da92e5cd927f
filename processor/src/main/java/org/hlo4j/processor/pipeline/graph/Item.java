package org.hlo4j.processor.pipeline.graph;

/** A loop-carried item. Items are compared by identity. */
public abstract sealed class Item permits FlowValue, Future {
  private final String name;

  Item(String name) {
    this.name = name;
  }

  /** Returns its name in the user's text. */
  public String name() {
    return name;
  }

  /** Returns another item of the same type, for use in a copy of the steps. */
  public abstract Item fresh();

  @Override
  public String toString() {
    return name;
  }
}
