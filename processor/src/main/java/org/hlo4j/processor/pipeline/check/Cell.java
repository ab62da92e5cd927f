package org.hlo4j.processor.pipeline.check;

import org.hlo4j.processor.model.Structure;
import org.hlo4j.processor.pipeline.graph.Value;

/** One slot of a variable, and the value that it has now. Not safe for use by several threads. */
final class Cell {
  private final String name;
  private final Structure.Leaf type;
  private Value value;

  Cell(String name, Structure.Leaf type, Value value) {
    this.name = name;
    this.type = type;
    this.value = value;
  }

  /** As messages show it. */
  String name() {
    return name;
  }

  Structure.Leaf type() {
    return type;
  }

  Value value() {
    return value;
  }

  void set(Value next) {
    value = next;
  }

  @Override
  public String toString() {
    return name;
  }
}
