package org.hlo4j.processor.pipeline.syntax;

/** Thrown if a pipeline's text is malformed. */
public final class PipelineSyntaxException extends Exception {
  private static final long serialVersionUID = 1;

  private final int offset;

  PipelineSyntaxException(int offset, String problem) {
    super(problem);
    this.offset = offset;
  }

  public int offset() {
    return offset;
  }
}
