package org.hlo4j.processor.pipeline.check;

import java.util.List;
import org.hlo4j.internal.mlir.text.Span;
import org.hlo4j.processor.pipeline.graph.Future;
import org.hlo4j.processor.pipeline.graph.Value;

/**
 * A call that was started: until it is done, nobody may write what it reads, or touch what it
 * writes.
 *
 * @param signature of the kernel that was started
 * @param level in how many loops it was started
 * @param reads the variables that it reads
 * @param writes the variables that get its results
 * @param inputs the values that it reads
 * @param givenAway those of them whose memory it takes
 * @param isCarried whether a loop carries it, so that other rounds' calls read other values
 * @param span where it was started
 * @param line the line of that
 */
record Flight(
    Future future,
    KernelSignature signature,
    int level,
    List<Cell> reads,
    List<Cell> writes,
    List<Value> inputs,
    List<Value> givenAway,
    boolean isCarried,
    Span span,
    int line) {
  Flight {
    reads = List.copyOf(reads);
    writes = List.copyOf(writes);
    inputs = List.copyOf(inputs);
    givenAway = List.copyOf(givenAway);
  }

  /** The same flight, of which a loop's round knows only what is true in each round. */
  Flight carried(Future other, int otherLevel, List<Value> seen, List<Value> seenGivenAway) {
    return new Flight(
        other, signature, otherLevel, reads, writes, seen, seenGivenAway, true, span, line);
  }

  /** The same flight in another place of the text, where its values may have other names. */
  Flight seen(Future other, int otherLevel, List<Value> seen, List<Value> seenGivenAway) {
    return new Flight(
        other, signature, otherLevel, reads, writes, seen, seenGivenAway, isCarried, span, line);
  }
}
