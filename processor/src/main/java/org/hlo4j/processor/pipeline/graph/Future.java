package org.hlo4j.processor.pipeline.graph;

/** A call that was started and is not done. */
public final class Future extends Item {
  private final Callee callee;

  /** A future under the user's name for it. */
  public Future(String name, Callee callee) {
    super(name);
    this.callee = callee;
  }

  /** The kernel that was started. */
  public Callee callee() {
    return callee;
  }

  @Override
  public Future fresh() {
    return new Future(name(), callee);
  }
}
