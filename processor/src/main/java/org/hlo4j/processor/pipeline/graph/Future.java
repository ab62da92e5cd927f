package org.hlo4j.processor.pipeline.graph;

/** A call that was started and is not done. */
public final class Future extends Item {
  private final Callee callee;

  public Future(String name, Callee callee) {
    super(name);
    this.callee = callee;
  }

  public Callee callee() {
    return callee;
  }

  @Override
  public Future fresh() {
    return new Future(name(), callee);
  }
}
