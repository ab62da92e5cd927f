package org.hlo4j.processor.pipeline.graph;

/** A call that was started and is not done. */
public final class Future implements Item {
  private final String name;
  private final Callee callee;

  /** A future under the user's name for it. */
  public Future(String name, Callee callee) {
    this.name = name;
    this.callee = callee;
  }

  @Override
  public String name() {
    return name;
  }

  /** The kernel that was started. */
  public Callee callee() {
    return callee;
  }

  @Override
  public Future fresh() {
    return new Future(name, callee);
  }

  @Override
  public String toString() {
    return name;
  }
}
