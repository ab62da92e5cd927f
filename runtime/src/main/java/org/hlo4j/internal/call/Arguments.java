package org.hlo4j.internal.call;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.internal.buffer.Argument;
import org.hlo4j.internal.buffer.ArrayState;
import org.hlo4j.internal.device.GroupContext;
import org.hlo4j.internal.mlir.analysis.EntryPoint;
import org.hlo4j.internal.mlir.rewrite.AliasPlan.InputUse;
import org.hlo4j.internal.program.StableHloProgram;
import org.hlo4j.internal.sharding.DeclaredShardings;
import org.hlo4j.internal.sharding.Tiling;
import org.hlo4j.type.Shape;

/** What a program's arguments have to be; PJRT would take others, and compute wrong numbers. */
final class Arguments {
  private final StableHloProgram program;
  private final GroupContext group;
  private final Shape[] shapes;
  private final Tiling[] tilings;
  private final int[] donated;
  private final int passed;

  /**
   * The arguments of a program on a group of devices.
   *
   * @param tilings how each input is spread over the partitions
   */
  Arguments(StableHloProgram program, GroupContext group, List<Tiling> tilings) {
    this.program = program;
    this.group = group;
    this.shapes = program.inputs().stream().map(EntryPoint.Input::shape).toArray(Shape[]::new);
    this.tilings = tilings.toArray(Tiling[]::new);
    this.donated = program.donatedInputs();
    this.passed = (int) program.plan().inputs().stream().filter(InputUse::isPassed).count();
  }

  /** The arguments that a program declares; nothing if XLA chooses how an input is spread. */
  static Optional<Arguments> declared(StableHloProgram program, GroupContext group) {
    return DeclaredShardings.all(program.shardings().inputs())
        .map(tilings -> new Arguments(program, group, tilings));
  }

  /** The number of arguments that XLA gets. */
  int passed() {
    return passed;
  }

  boolean isDonating() {
    return donated.length > 0;
  }

  /**
   * Checks how many arguments a call has.
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

  /**
   * Checks the arguments of a call, which are as many as the program takes.
   *
   * @throws ArgumentException if they do not fit in shape, element type, sharding or device
   */
  void check(Argument[] arguments) {
    for (int i = 0; i < arguments.length; i++) {
      check(i, arguments[i]);
    }
    for (int index : donated) {
      checkGivenOnce(arguments, index);
    }
  }

  private void check(int index, Argument argument) {
    if (argument == null) {
      throw new ArgumentException(
          "%s: argument %s is null".formatted(program.name(), nameOf(index)));
    }
    ArrayState value = argument.value();
    if (!value.shape().equals(shapes[index])) {
      throw new ArgumentException(
          "%s: argument %s takes a %s, not a %s"
              .formatted(program.name(), nameOf(index), shapes[index], value.shape()));
    }
    // With what was checked when shards were put together, this is about each shard.
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
            "%s: argument %s has to be %s over %d devices, and is %s over %d",
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
            "%s: argument %s is donated, and the same buffer is argument %s as well"
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
