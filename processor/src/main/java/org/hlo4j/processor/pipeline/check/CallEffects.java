package org.hlo4j.processor.pipeline.check;

import java.util.List;
import org.hlo4j.processor.pipeline.graph.FlowValue;
import org.hlo4j.processor.pipeline.graph.Renaming;

/**
 * The values that a call reads, and the slots of Refs that it reads and writes.
 *
 * @param inputs the tensors that the kernel takes, in order
 * @param givenAway the inputs that are donated
 * @param reads the slots among them
 * @param writes the slots that receive results: the kernel's own, and those after an arrow
 */
record CallEffects(
    List<FlowValue> inputs, List<FlowValue> givenAway, List<RefSlot> reads, List<RefSlot> writes) {
  CallEffects {
    inputs = List.copyOf(inputs);
    givenAway = List.copyOf(givenAway);
    reads = List.copyOf(reads);
    writes = List.copyOf(writes);
  }

  /** Returns the effects with renamed values. */
  CallEffects of(Renaming values) {
    return new CallEffects(values.ofValues(inputs), values.ofValues(givenAway), reads, writes);
  }
}
