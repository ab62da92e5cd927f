package org.hlo4j.processor.pipeline.check;

import java.util.List;
import org.hlo4j.processor.message.Message;
import org.hlo4j.processor.model.Structure;
import org.hlo4j.processor.pipeline.graph.FlowValue;

/** The meaning of a name. */
sealed interface Binding {
  /** The meaning of a name without a value. */
  sealed interface Valueless extends Binding {}

  /** A tensor, or a record of them. */
  record Tensors(Structure structure, List<FlowValue> values) implements Binding {
    public Tensors {
      values = List.copyOf(values);
    }
  }

  /** A call that was started. */
  record Pending(InFlightCall call) implements Binding {}

  /**
   * A future whose call is done.
   *
   * @param line the line of its {@code done}
   */
  record Ended(int line) implements Valueless {}

  /** A {@code Ref}, with one slot or more. */
  record Ref(List<RefSlot> slots) implements Binding {
    public Ref {
      slots = List.copyOf(slots);
    }
  }

  /** The counter of a loop, modulo its period. */
  record Counter(long round) implements Valueless {}

  /**
   * A name that may not be used here.
   *
   * @param line the line of the cause
   */
  record Gone(Message why, int line) implements Valueless {}

  /** No binding: the name is free. */
  record Nothing() implements Binding {}

  /** The binding of a statement with an error. */
  record Broken() implements Valueless {}
}
