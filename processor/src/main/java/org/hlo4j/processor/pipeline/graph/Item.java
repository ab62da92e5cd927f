package org.hlo4j.processor.pipeline.graph;

/** What a loop can carry. Items are told apart by their identity. */
public sealed interface Item permits FlowValue, Future {
  /** What the user calls it. */
  String name();

  /** Another item of the same type, which stands for this one in a copy of the steps. */
  Item fresh();
}
