package org.hlo4j.generated;

import java.util.Optional;
import org.hlo4j.DeviceArray;
import org.hlo4j.DeviceGroup;
import org.hlo4j.Executable;
import org.hlo4j.Program;
import org.hlo4j.ProgramInput;
import org.hlo4j.Promise;
import org.hlo4j.Ref;
import org.hlo4j.Results;
import org.hlo4j.ShardedInput;
import org.hlo4j.ShardedRef;
import org.hlo4j.Sharding;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.error.CompilationException;
import org.hlo4j.error.HloException;
import org.hlo4j.type.Element;
import org.jspecify.annotations.Nullable;

/**
 * A kernel on a device or on a group of devices, compiled by its first call, and again if its
 * executable was closed. Safe for use by many threads.
 */
public final class BoundKernel {
  private final Kernel kernel;
  private final DeviceGroup group;
  private volatile @Nullable Executable executable;
  private volatile int @Nullable [] donatedForGood;

  BoundKernel(Kernel kernel, DeviceGroup group) {
    this.kernel = kernel;
    this.group = group;
  }

  /**
   * Starts the kernel, which is compiled first if nobody has: as {@link DeviceGroup#start} does,
   * the call then waits for that, and the caller does not.
   *
   * @throws ArgumentException if an argument that is taken away is a {@link Ref} or a {@link
   *     ShardedRef}, which the method does not show
   * @throws HloException as {@link Executable#start} does; what is wrong with the program is
   *     reported by the results
   */
  public Results start(DeviceArray<?>... arguments) {
    checkRefs(arguments);
    Executable known = executable;
    if (known == null || known.isClosed()) {
      Promise<Executable> compiling = group.compileAsync(kernel.program());
      if (!compiling.isReady()) {
        return group.start(kernel.program(), arguments);
      }
      known = compiling.value();
      executable = known;
    }
    return known.start(arguments);
  }

  /**
   * An input, by its place. Where the program does not say how the input is spread, this compiles
   * it to learn what XLA chooses.
   *
   * @param <T> the tensor type, which the processor has checked
   * @throws CompilationException if the program is refused
   */
  public <T extends Element> ShardedInput<T> input(int index) {
    Program program = kernel.program();
    ProgramInput input = program.inputs().get(index);
    Optional<Sharding> declared = input.sharding();
    return declared.isPresent()
        ? group.input(input.shape(), declared.get())
        : group.compile(program).input(index);
  }

  /** The result would lack what replaces the value, of which the method's type knows nothing. */
  private void checkRefs(DeviceArray<?>[] arguments) {
    int[] indexes = donatedForGood;
    if (indexes == null) {
      indexes = kernel.donatedForGood();
      donatedForGood = indexes;
    }
    for (int index : indexes) {
      if (arguments[index] instanceof Ref || arguments[index] instanceof ShardedRef) {
        throw new ArgumentException(
            "%s: argument %s is donated, and a Ref keeps its value: give what get() answers, or %s"
                .formatted(
                    kernel.program().name(), kernel.inputName(index), "make the parameter a Ref"));
      }
    }
  }
}
