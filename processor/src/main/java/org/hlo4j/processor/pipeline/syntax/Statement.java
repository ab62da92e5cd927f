package org.hlo4j.processor.pipeline.syntax;

import java.util.List;
import java.util.Optional;
import org.hlo4j.internal.mlir.text.Span;

/** A statement of a pipeline. */
public sealed interface Statement {
  /** Returns the position; for a statement with a body, that of its head. */
  Span span();

  /**
   * A call, {@code y, z = k(a, b)}, or the start of one, {@code f = start k(a)}. Either may write
   * {@code Ref}s: {@code k(x -> y)}.
   *
   * @param targets the names of the results, or of the future
   * @param writes the {@code Ref}s after the arrow
   */
  record Call(
      List<Name> targets,
      boolean starts,
      Name kernel,
      List<Operand> arguments,
      List<Operand> writes,
      Span span)
      implements Statement {
    public Call {
      targets = List.copyOf(targets);
      arguments = List.copyOf(arguments);
      writes = List.copyOf(writes);
    }
  }

  /** The end of a call that was started: {@code y = done f}. */
  record Done(List<Name> targets, Name future, Span span) implements Statement {
    public Done {
      targets = List.copyOf(targets);
    }
  }

  /** Other names for values: {@code a, b = b, a}. */
  record Assign(List<Name> targets, List<Operand> values, Span span) implements Statement {
    public Assign {
      targets = List.copyOf(targets);
      values = List.copyOf(values);
    }
  }

  /** A variable: {@code r = ref x}, {@code s = ref x, like x}. */
  record NewRef(Name target, List<Slot> slots, Span span) implements Statement {
    public NewRef {
      slots = List.copyOf(slots);
    }
  }

  /**
   * The initial value of a slot of a variable.
   *
   * @param empty whether it is uninitialized, with only the operand's type
   */
  record Slot(boolean empty, Operand operand) {}

  /** A loop: {@code repeat 8 as i (x, f) { … }}. */
  record Repeat(
      long count, Optional<Name> counter, List<Name> carried, List<Statement> body, Span span)
      implements Statement {
    public Repeat {
      carried = List.copyOf(carried);
      body = List.copyOf(body);
    }
  }

  /** Statements that run sequentially: {@code in order { … }}. */
  record InOrder(List<Statement> body, Span span) implements Statement {
    public InOrder {
      body = List.copyOf(body);
    }
  }

  /** The end: {@code return y, z}. */
  record Return(List<Operand> values, Span span) implements Statement {
    public Return {
      values = List.copyOf(values);
    }
  }
}
