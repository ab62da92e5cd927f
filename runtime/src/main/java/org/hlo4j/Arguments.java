package org.hlo4j;

import java.util.List;
import java.util.Locale;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.internal.mlir.rewrite.AliasPlan.InputUse;
import org.hlo4j.type.Shape;

/** What a program's arguments have to be; PJRT would take others, and answer wrong numbers. */
final class Arguments {
  private final Program program;
  private final Device device;
  private final Shape[] shapes;
  private final int[] donated;
  private final int passed;

  Arguments(Program program, Device device) {
    List<ProgramInput> inputs = program.inputs();
    this.program = program;
    this.device = device;
    this.shapes = inputs.stream().map(ProgramInput::shape).toArray(Shape[]::new);
    this.donated = program.donatedInputs();
    this.passed = (int) program.plan().inputs().stream().filter(InputUse::isPassed).count();
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
   * @throws ArgumentException if they do not fit in number, shape, element type or device
   */
  void check(Tensor<?>[] arguments) {
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

  private void check(int index, Tensor<?> argument) {
    if (argument == null) {
      throw new ArgumentException(
          "%s: argument %s is null".formatted(program.name(), nameOf(index)));
    }
    if (!argument.shape().equals(shapes[index])) {
      throw new ArgumentException(
          "%s: argument %s takes a %s, not a %s"
              .formatted(program.name(), nameOf(index), shapes[index], argument.shape()));
    }
    if (argument.device() != device) {
      throw new ArgumentException(wrongDevice(index, argument.device()));
    }
  }

  private void checkGivenOnce(Tensor<?>[] arguments, int donatedIndex) {
    if (arguments[donatedIndex] instanceof RetainedTensor) {
      return;
    }
    for (int i = 0; i < arguments.length; i++) {
      if (i != donatedIndex && arguments[i].isSameBuffer(arguments[donatedIndex])) {
        throw new ArgumentException(
            "%s: argument %s is donated, and the same buffer is argument %s as well"
                .formatted(program.name(), nameOf(donatedIndex), nameOf(i)));
      }
    }
  }

  private String nameOf(int index) {
    return program.inputs().get(index).name();
  }

  private String wrongDevice(int index, Device other) {
    String where =
        other.client() == device.client()
            ? "on " + other
            : "on %s of another client".formatted(other);
    return "%s runs on %s, but argument %s is %s"
        .formatted(program.name(), device, nameOf(index), where);
  }
}
