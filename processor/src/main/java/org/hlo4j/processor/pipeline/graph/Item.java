package org.hlo4j.processor.pipeline.graph;

/** What a loop can carry. Items are told apart by their identity. */
public abstract sealed class Item permits FlowValue, Future {
  private final String name;

  Item(String name) {
    this.name = name;
  }

  /** What the user calls it. */
  public String name() {
    return name;
  }

  /** Another item of the same type, which stands for this one in a copy of the steps. */
  public abstract Item fresh();

  @Override
  public String toString() {
    return name;
  }
}
