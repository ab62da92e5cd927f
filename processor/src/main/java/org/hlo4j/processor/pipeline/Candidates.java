package org.hlo4j.processor.pipeline;

import java.util.List;

/**
 * The programs that a pipeline could be.
 *
 * @param all the first one is the pipeline as it is written
 * @param byColouring the place of the one to take where no compiler can tell
 */
public record Candidates(List<Candidate> all, int byColouring) {
  /** Programs of their parts. */
  public Candidates {
    all = List.copyOf(all);
  }
}
