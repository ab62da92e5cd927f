package org.hlo4j.processor.pipeline.check;

import java.util.List;
import org.hlo4j.processor.pipeline.graph.Value;

/**
 * What a call reads and writes.
 *
 * @param inputs the tensors that the kernel takes, in order
 * @param givenAway those whose memory it takes
 * @param reads the variables among them
 * @param writes the variables that get results: the kernel's own, and those behind an arrow
 */
record Traffic(List<Value> inputs, List<Value> givenAway, List<Cell> reads, List<Cell> writes) {
  Traffic {
    inputs = List.copyOf(inputs);
    givenAway = List.copyOf(givenAway);
    reads = List.copyOf(reads);
    writes = List.copyOf(writes);
  }
}
