package org.hlo4j.processor.pipeline.graph;

import org.hlo4j.type.Shape;

/** A tensor, defined once: by a step, as a loop's parameter, or as an input of the pipeline. */
public final class FlowValue implements Item {
  private final String name;
  private final Shape shape;

  /** Creates a value. */
  public FlowValue(String name, Shape shape) {
    this.name = name;
    this.shape = shape;
  }

  @Override
  public String name() {
    return name;
  }

  /** Returns the element type and dimensions. */
  public Shape shape() {
    return shape;
  }

  @Override
  public FlowValue fresh() {
    return new FlowValue(name, shape);
  }

  @Override
  public String toString() {
    return name;
  }
}
