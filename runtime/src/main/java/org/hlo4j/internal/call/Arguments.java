package org.hlo4j.internal.call;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.internal.buffer.Argument;
import org.hlo4j.internal.buffer.ArrayState;
import org.hlo4j.internal.buffer.BufferState;
import org.hlo4j.internal.buffer.RetainedArgument;
import org.hlo4j.internal.buffer.ShardSet;
import org.hlo4j.internal.device.GroupContext;
import org.hlo4j.internal.mlir.analysis.EntryPoint;
import org.hlo4j.internal.mlir.rewrite.AliasPlan.InputUse;
import org.hlo4j.internal.program.StableHloProgram;
import org.hlo4j.internal.sharding.DeclaredShardings;
import org.hlo4j.internal.sharding.Tiling;
import org.hlo4j.type.Shape;

/** Checks the arguments of a program: PJRT accepts mismatched ones and computes wrong results. */
final class Arguments {
  private final StableHloProgram program;
  private final GroupContext group;
  private final Shape[] shapes;
  private final Tiling[] tilings;
  private final int[] donated;
  private final int passed;

  /**
   * Creates the checks for a program on a group of devices.
   *
   * @param tilings the sharding of each input over the partitions
   */
  Arguments(StableHloProgram program, GroupContext group, List<Tiling> tilings) {
    this.program = program;
    this.group = group;
    this.shapes = program.inputs().stream().map(EntryPoint.Input::shape).toArray(Shape[]::new);
    this.tilings = tilings.toArray(Tiling[]::new);
    this.donated = program.donatedInputs();
    this.passed = (int) program.plan().inputs().stream().filter(InputUse::isPassed).count();
  }

  /** Returns the checks that a program declares; empty if XLA chooses the sharding of an input. */
  static Optional<Arguments> declared(StableHloProgram program, GroupContext group) {
    return DeclaredShardings.all(program.shardings().inputs())
        .map(tilings -> new Arguments(program, group, tilings));
  }

  /** Returns the number of arguments passed to XLA. */
  int passed() {
    return passed;
  }

  boolean isDonating() {
    return donated.length > 0;
  }

  /**
   * Checks the number of arguments of a call.
   *
   * @throws ArgumentException if the program takes another number
   */
  void checkCount(int count) {
    if (count != shapes.length) {
      throw new ArgumentException(
          String.format(
              Locale.ROOT, "%s takes %d arguments, not %d", program.name(), shapes.length, count));
    }
  }

  /** When a call with some arguments can start. */
  enum Readiness {
    /** Now. */
    READY,
    /** Once its arguments are materialized. */
    DEFERRED,
    /** With the values of variables, while these are locked. */
    VARIABLE
  }

  /**
   * Checks the arguments of a call, whose number was checked, unless one is a variable. One pass
   * over them, since many arguments do not fit into the processor's cache.
   *
   * @throws ArgumentException if the shape, element type, sharding or device of one does not match
   */
  Readiness check(Argument[] arguments) {
    Readiness readiness = Readiness.READY;
    for (int i = 0; i < arguments.length; i++) {
      Argument argument = arguments[i];
      if (argument == null) {
        throw new ArgumentException("%s: argument %s is null".formatted(program.name(), nameOf(i)));
      }
      if (argument.slot() != null) {
        return Readiness.VARIABLE;
      }
      ArrayState value = argument.value();
      check(i, value);
      if (isDeferred(value)) {
        readiness = Readiness.DEFERRED;
      }
    }
    for (int index : donated) {
      checkGivenOnce(arguments, index);
    }
    return readiness;
  }

  private boolean isDeferred(ArrayState value) {
    for (int place = 0; place < group.size(); place++) {
      if (value.shardAt(place).isDeferred()) {
        return true;
      }
    }
    return false;
  }

  /** Returns the arguments made up of buffers, argument by argument on each device. */
  Argument[] of(BufferState[] buffers, boolean[] retained) {
    Argument[] all = new Argument[shapes.length];
    int devices = group.size();
    for (int i = 0; i < all.length; i++) {
      BufferState[] shards = Arrays.copyOfRange(buffers, i * devices, (i + 1) * devices);
      ArrayState value =
          devices == 1 ? shards[0] : new ShardSet(group, shapes[i], tilings[i], shards);
      all[i] = retained[i] ? new RetainedArgument(value) : value;
    }
    return all;
  }

  private void check(int index, ArrayState value) {
    if (!value.shape().equals(shapes[index])) {
      throw new ArgumentException(
          "%s: argument %s takes a %s, not a %s"
              .formatted(program.name(), nameOf(index), shapes[index], value.shape()));
    }
    // Together with the checks made when the shards were assembled, this covers each shard.
    if (!value.group().equals(group)) {
      throw misplaced(index, value.group());
    }
    if (!value.tiling().equals(tilings[index])) {
      throw misspread(index, value.tiling());
    }
  }

  private ArgumentException misplaced(int index, GroupContext place) {
    String where =
        place.client() == group.client()
            ? "on " + place.name()
            : "on %s of another client".formatted(place.name());
    return new ArgumentException(
        "%s runs on %s, but argument %s is %s"
            .formatted(program.name(), group.name(), nameOf(index), where));
  }

  private ArgumentException misspread(int index, Tiling tiling) {
    return new ArgumentException(
        String.format(
            Locale.ROOT,
            "%s: argument %s must be %s over %d devices, but is %s over %d",
            program.name(),
            nameOf(index),
            tilings[index],
            tilings[index].devices(),
            tiling,
            tiling.devices()));
  }

  private void checkGivenOnce(Argument[] arguments, int donatedIndex) {
    if (arguments[donatedIndex].isRetained()) {
      return;
    }
    for (int i = 0; i < arguments.length; i++) {
      if (i != donatedIndex
          && sharesBuffer(arguments[i].value(), arguments[donatedIndex].value())) {
        throw new ArgumentException(
            "%s: argument %s is donated, but the same buffer is also argument %s"
                .formatted(program.name(), nameOf(donatedIndex), nameOf(i)));
      }
    }
  }

  private boolean sharesBuffer(ArrayState one, ArrayState other) {
    for (int place = 0; place < group.size(); place++) {
      if (one.shardAt(place) == other.shardAt(place)) {
        return true;
      }
    }
    return false;
  }

  private String nameOf(int index) {
    return program.inputs().get(index).name();
  }
}
