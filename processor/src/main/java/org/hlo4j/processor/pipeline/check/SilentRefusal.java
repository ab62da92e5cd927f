package org.hlo4j.processor.pipeline.check;

/** A statement that is invalid only because of another one, which was reported. */
final class SilentRefusal extends Rejection {
  private static final long serialVersionUID = 1;

  SilentRefusal() {
    super("A consequence of a problem that was reported");
  }
}
