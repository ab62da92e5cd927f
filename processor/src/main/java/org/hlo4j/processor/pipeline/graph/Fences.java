package org.hlo4j.processor.pipeline.graph;

/** The representation of a pipeline's fences in its program. */
public enum Fences {
  /** Barriers, which the CPU backend drops before buffer assignment. */
  BARRIERS,
  /** Calls, for fences that end a stretch of work: all backends keep these. */
  CALLS
}
