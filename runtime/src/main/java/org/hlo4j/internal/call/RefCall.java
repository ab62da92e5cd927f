package org.hlo4j.internal.call;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.error.BufferStateException;
import org.hlo4j.internal.buffer.Argument;
import org.hlo4j.internal.buffer.ArrayState;
import org.hlo4j.internal.buffer.RefState;
import org.hlo4j.internal.buffer.ShardSet;
import org.hlo4j.internal.mlir.analysis.EntryPoint;
import org.hlo4j.internal.program.StableHloProgram;
import org.jspecify.annotations.Nullable;

/** A call with variables among its arguments: it reads their values, and replaces some. */
final class RefCall {
  private final StableHloProgram program;
  private final Argument[] arguments;

  private RefCall(StableHloProgram program, Argument[] arguments) {
    this.program = program;
    this.arguments = arguments;
  }

  /**
   * Starts a call.
   *
   * @param starter starts it with the values of the variables
   * @throws ArgumentException if a variable to be replaced is passed twice, or no output replaces
   *     it
   * @throws BufferStateException if one was closed
   */
  static CallOutputs start(
      StableHloProgram program, Argument[] arguments, Function<Argument[], CallOutputs> starter) {
    RefCall call = new RefCall(program, arguments);
    call.check();
    // A global order prevents deadlocks.
    List<RefState> slots =
        call.slots().distinct().sorted(Comparator.comparingLong(RefState::id)).toList();
    slots.forEach(slot -> slot.lock().lock());
    try {
      return call.startLocked(starter);
    } finally {
      slots.forEach(slot -> slot.lock().unlock());
    }
  }

  private Stream<RefState> slots() {
    return IntStream.range(0, arguments.length)
        .<@Nullable RefState>mapToObj(this::slot)
        .flatMap(Stream::ofNullable);
  }

  private @Nullable RefState slot(int index) {
    Argument argument = arguments[index];
    return argument == null ? null : argument.slot();
  }

  private CallOutputs startLocked(Function<Argument[], CallOutputs> starter) {
    Argument[] values = arguments.clone();
    for (int i = 0; i < values.length; i++) {
      RefState slot = slot(i);
      values[i] = slot == null ? arguments[i] : valueOf(i, slot);
    }
    CallOutputs results = starter.apply(values);
    Set<Integer> taken = new HashSet<>();
    for (int i = 0; i < arguments.length; i++) {
      RefState slot = slot(i);
      if (slot != null && program.inputs().get(i).donated()) {
        int output = program.inputs().get(i).aliasedOutput().orElseThrow();
        slot.replace(output(slot, results, output));
        taken.add(output);
      }
    }
    return taken.isEmpty() ? results : results.without(taken);
  }

  private static ArrayState output(RefState slot, CallOutputs results, int index) {
    return slot.value() instanceof ShardSet ? results.shardedOutput(index) : results.output(index);
  }

  private Argument valueOf(int index, RefState slot) {
    try {
      return slot.value();
    } catch (BufferStateException e) {
      throw new BufferStateException(
          "%s: argument %s: %s"
              .formatted(program.name(), program.inputs().get(index).name(), e.getMessage()));
    }
  }

  private void check() {
    for (int i = 0; i < arguments.length; i++) {
      EntryPoint.Input input = program.inputs().get(i);
      if (slot(i) != null && input.donated()) {
        checkGivenOnce(i);
        if (input.aliasedOutput().isEmpty()) {
          throw new ArgumentException(
              "%s: argument %s consumes the tensor of a Ref, but no output replaces it"
                  .formatted(program.name(), input.name()));
        }
      }
    }
  }

  private void checkGivenOnce(int index) {
    for (int i = 0; i < arguments.length; i++) {
      if (i != index && slot(i) == slot(index)) {
        throw new ArgumentException(
            "%s: argument %s is a Ref that the call updates, but the same Ref is also argument %s"
                .formatted(
                    program.name(),
                    program.inputs().get(index).name(),
                    program.inputs().get(i).name()));
      }
    }
  }
}
