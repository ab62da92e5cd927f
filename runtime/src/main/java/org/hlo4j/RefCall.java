package org.hlo4j;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.error.BufferStateException;
import org.hlo4j.type.Element;

/** A call with {@link Ref}s among its arguments: it takes their values, and replaces some. */
final class RefCall {
  private final Program program;
  private final DeviceArray<?>[] arguments;

  private RefCall(Program program, DeviceArray<?>[] arguments) {
    this.program = program;
    this.arguments = arguments;
  }

  /** Whether there are any. */
  static boolean isOne(DeviceArray<?>[] arguments) {
    for (DeviceArray<?> argument : arguments) {
      if (argument instanceof Ref) {
        return true;
      }
    }
    return false;
  }

  /**
   * Starts a call.
   *
   * @param starter takes the arguments with values in the place of the {@code Ref}s
   * @throws ArgumentException if one is to be replaced, and is given twice, or there is no output
   *     to replace it by
   * @throws BufferStateException if one was closed
   */
  static Results start(
      Program program, DeviceArray<?>[] arguments, Function<DeviceArray<?>[], Results> starter) {
    if (arguments.length != program.inputs().size()) {
      return starter.apply(arguments); // Which refuses them.
    }
    RefCall call = new RefCall(program, arguments);
    call.check();
    // In one order for all threads, so that no two wait for each other.
    List<Ref<?>> refs =
        call.refs().stream().distinct().sorted(Comparator.comparingLong(Ref::id)).toList();
    refs.forEach(ref -> ref.lock().lock());
    try {
      return call.startLocked(starter);
    } finally {
      refs.forEach(ref -> ref.lock().unlock());
    }
  }

  private List<Ref<?>> refs() {
    return Arrays.stream(arguments)
        .filter(Ref.class::isInstance)
        .<Ref<?>>map(argument -> (Ref<?>) argument)
        .toList();
  }

  private Results startLocked(Function<DeviceArray<?>[], Results> starter) {
    DeviceArray<?>[] values = arguments.clone();
    for (int i = 0; i < values.length; i++) {
      values[i] = arguments[i] instanceof Ref<?> ref ? valueOf(i, ref) : arguments[i];
    }
    Results results = starter.apply(values);
    Set<Integer> taken = new HashSet<>();
    for (int i = 0; i < arguments.length; i++) {
      if (arguments[i] instanceof Ref<?> ref && program.inputs().get(i).donated()) {
        int output = program.inputs().get(i).aliasedOutput().orElseThrow();
        replace(ref, results, output);
        taken.add(output);
      }
    }
    return taken.isEmpty() ? results : results.without(taken);
  }

  private BufferPromise<?> valueOf(int index, Ref<?> ref) {
    try {
      return ref.value();
    } catch (BufferStateException e) {
      throw new BufferStateException(
          "%s: argument %s: %s"
              .formatted(program.name(), program.inputs().get(index).name(), e.getMessage()));
    }
  }

  private static <T extends Element> void replace(Ref<T> ref, Results results, int output) {
    ref.replace(results.promise(output));
  }

  private void check() {
    for (int i = 0; i < arguments.length; i++) {
      ProgramInput input = program.inputs().get(i);
      if (arguments[i] instanceof Ref && input.donated()) {
        checkGivenOnce(i);
        if (input.aliasedOutput().isEmpty()) {
          throw new ArgumentException(
              "%s: argument %s takes the tensor of a Ref away, and no output replaces it"
                  .formatted(program.name(), input.name()));
        }
      }
    }
  }

  private void checkGivenOnce(int index) {
    for (int i = 0; i < arguments.length; i++) {
      if (i != index && arguments[i] instanceof Ref<?> ref && ref.equals(arguments[index])) {
        throw new ArgumentException(
            "%s: argument %s is a Ref that the call replaces, and the same Ref is argument %s as well"
                .formatted(
                    program.name(),
                    program.inputs().get(index).name(),
                    program.inputs().get(i).name()));
      }
    }
  }
}
