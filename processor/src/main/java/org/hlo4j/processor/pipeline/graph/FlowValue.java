package org.hlo4j.processor.pipeline.graph;

import org.hlo4j.type.Shape;

/** A tensor, defined once: by a step, as a loop's parameter, or as an input of the pipeline. */
public final class FlowValue extends Item {
  private final Shape shape;

  public FlowValue(String name, Shape shape) {
    super(name);
    this.shape = shape;
  }

  public Shape shape() {
    return shape;
  }

  @Override
  public FlowValue fresh() {
    return new FlowValue(name(), shape);
  }
}
