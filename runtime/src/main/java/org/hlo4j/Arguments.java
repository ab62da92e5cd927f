package org.hlo4j;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.internal.mlir.rewrite.AliasPlan.InputUse;
import org.hlo4j.type.Shape;

/** What a program's arguments have to be; PJRT would take others, and compute wrong numbers. */
final class Arguments {
  private final Program program;
  private final DeviceGroup group;
  private final Shape[] shapes;
  private final Sharding[] shardings;
  private final int[] donated;
  private final int passed;

  /**
   * The arguments of a program on a group of devices.
   *
   * @param shardings how each input is spread over the partitions
   */
  Arguments(Program program, DeviceGroup group, List<Sharding> shardings) {
    this.program = program;
    this.group = group;
    this.shapes = program.inputs().stream().map(ProgramInput::shape).toArray(Shape[]::new);
    this.shardings = shardings.toArray(Sharding[]::new);
    this.donated = program.donatedInputs();
    this.passed = (int) program.plan().inputs().stream().filter(InputUse::isPassed).count();
  }

  /** The arguments that a program declares; nothing if XLA chooses how an input is spread. */
  static Optional<Arguments> declared(Program program, DeviceGroup group) {
    return Sharding.declared(
            program, program.inputs().stream().map(ProgramInput::sharding).toList())
        .map(shardings -> new Arguments(program, group, shardings));
  }

  /** The number of arguments that XLA gets. */
  int passed() {
    return passed;
  }

  /** Whether a call may take buffers away. */
  boolean isDonating() {
    return donated.length > 0;
  }

  /**
   * Checks the arguments of a call.
   *
   * @throws ArgumentException if they do not fit in number, shape, element type, sharding or device
   */
  void check(DeviceArray<?>[] arguments) {
    if (arguments.length != shapes.length) {
      throw new ArgumentException(
          String.format(
              Locale.ROOT,
              "%s takes %d arguments, not %d",
              program.name(),
              shapes.length,
              arguments.length));
    }
    for (int i = 0; i < arguments.length; i++) {
      check(i, arguments[i]);
    }
    for (int index : donated) {
      checkGivenOnce(arguments, index);
    }
  }

  private void check(int index, DeviceArray<?> argument) {
    if (argument == null) {
      throw new ArgumentException(
          "%s: argument %s is null".formatted(program.name(), nameOf(index)));
    }
    if (!argument.shape().equals(shapes[index])) {
      throw new ArgumentException(
          "%s: argument %s takes a %s, not a %s"
              .formatted(program.name(), nameOf(index), shapes[index], argument.shape()));
    }
    switch (argument) {
      case Tensor<?> tensor -> checkPlace(index, tensor);
      case Sharded<?> sharded -> checkPlace(index, sharded);
    }
  }

  private void checkPlace(int index, Tensor<?> argument) {
    Device device = argument.device();
    if (group.size() > 1 || device != group.device(0)) {
      throw misplaced(index, device.client() == group.client(), device.toString());
    }
  }

  /** With what was checked when the shards were put together, this is about each shard. */
  private void checkPlace(int index, Sharded<?> argument) {
    if (!argument.group().equals(group)) {
      boolean isOfClient = argument.group().client() == group.client();
      throw misplaced(index, isOfClient, argument.group().toString());
    }
    Sharding sharding = argument.sharding();
    Sharding wanted = shardings[index];
    if (!sharding.equals(wanted)) {
      throw new ArgumentException(
          String.format(
              Locale.ROOT,
              "%s: argument %s has to be %s over %d devices, and is %s over %d",
              program.name(),
              nameOf(index),
              wanted,
              wanted.devices(),
              sharding,
              sharding.devices()));
    }
  }

  private ArgumentException misplaced(int index, boolean isOfClient, String place) {
    String where = isOfClient ? "on " + place : "on %s of another client".formatted(place);
    return new ArgumentException(
        "%s runs on %s, but argument %s is %s"
            .formatted(program.name(), group.name(), nameOf(index), where));
  }

  private void checkGivenOnce(DeviceArray<?>[] arguments, int donatedIndex) {
    if (arguments[donatedIndex].isRetained()) {
      return;
    }
    for (int i = 0; i < arguments.length; i++) {
      if (i != donatedIndex && sharesBuffer(arguments[i], arguments[donatedIndex])) {
        throw new ArgumentException(
            "%s: argument %s is donated, and the same buffer is argument %s as well"
                .formatted(program.name(), nameOf(donatedIndex), nameOf(i)));
      }
    }
  }

  private boolean sharesBuffer(DeviceArray<?> one, DeviceArray<?> other) {
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
