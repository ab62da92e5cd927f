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
 * A kernel bound to a device or a group of devices. It is compiled by its first call, and again if
 * its executable was closed. Safe for use by multiple threads.
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
   * Starts the kernel, compiling it first if necessary: as in {@link DeviceGroup#start}, the call
   * then waits for the compilation, and the caller does not.
   *
   * @throws ArgumentException if a donated argument is a {@link Ref} or a {@link ShardedRef}, but
   *     the method's parameter is not
   * @throws HloException as {@link Executable#start} does; the results report errors in the program
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
   * Returns an input by its index. If the program does not declare the input's sharding, this
   * compiles the program to determine it.
   *
   * @param <T> the tensor type, which the processor has checked
   * @throws CompilationException if the program is rejected
   */
  public <T extends Element> ShardedInput<T> input(int index) {
    Program program = kernel.program();
    ProgramInput input = program.inputs().get(index);
    Optional<Sharding> declared = input.sharding();
    return declared.isPresent()
        ? group.input(input.shape(), declared.get())
        : group.compile(program).input(index);
  }

  /** The result would lack the replacement value, since the method's type has no place for it. */
  private void checkRefs(DeviceArray<?>[] arguments) {
    int[] indexes = donatedForGood;
    if (indexes == null) {
      indexes = kernel.donatedForGood();
      donatedForGood = indexes;
    }
    for (int index : indexes) {
      if (arguments[index] instanceof Ref || arguments[index] instanceof ShardedRef) {
        throw new ArgumentException(
            "%s: argument %s is donated, so it may not be a Ref: pass the result of get(), or %s"
                .formatted(
                    kernel.program().name(), kernel.inputName(index), "make the parameter a Ref"));
      }
    }
  }
}
