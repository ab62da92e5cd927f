package org.hlo4j.processor.pipeline.check;

import org.hlo4j.processor.model.Structure;
import org.hlo4j.processor.pipeline.graph.FlowValue;

/** A slot of a {@code Ref}, with its value at a point of the pipeline. Not thread-safe. */
final class RefSlot {
  private final String name;
  private final Structure.Leaf type;
  private FlowValue value;

  RefSlot(String name, Structure.Leaf type, FlowValue value) {
    this.name = name;
    this.type = type;
    this.value = value;
  }

  String name() {
    return name;
  }

  Structure.Leaf type() {
    return type;
  }

  FlowValue value() {
    return value;
  }

  void set(FlowValue next) {
    value = next;
  }

  @Override
  public String toString() {
    return name;
  }
}
