package org.hlo4j.processor.pipeline.graph;

/** What the fences of a pipeline become in its program. */
public enum Fences {
  /** Barriers, which the CPU backend drops before it assigns buffers. */
  BARRIERS,
  /** Calls, where a fence ends a stretch of work: all backends keep these. */
  CALLS
}
