package org.hlo4j.stub;

import org.hlo4j.Device;
import org.hlo4j.Executable;
import org.hlo4j.Promise;
import org.hlo4j.Ref;
import org.hlo4j.Results;
import org.hlo4j.Tensor;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.error.HloException;
import org.jspecify.annotations.Nullable;

/**
 * A kernel on a device, compiled by its first call, and again if its executable was closed. Safe
 * for use by many threads.
 */
public final class BoundKernel {
  private final Kernel kernel;
  private final Device device;
  private volatile @Nullable Executable executable;
  private volatile int @Nullable [] donatedForGood;

  BoundKernel(Kernel kernel, Device device) {
    this.kernel = kernel;
    this.device = device;
  }

  /**
   * Starts the kernel, which is compiled first if nobody has: the call then waits for that, and the
   * caller does not.
   *
   * @throws ArgumentException if an argument that is taken away is a {@link Ref}, which the method
   *     does not show
   * @throws HloException as {@link Executable#start} does; what is wrong with the program is
   *     reported by the results
   */
  public Results start(Tensor<?>... arguments) {
    checkRefs(arguments);
    Executable known = executable;
    if (known == null || known.isClosed()) {
      Promise<Executable> compiling = device.compileAsync(kernel.program());
      if (!compiling.isReady()) {
        return device.start(kernel.program(), arguments);
      }
      known = compiling.value();
      executable = known;
    }
    return known.start(arguments);
  }

  /** The result would lack what replaces the value, of which the method's type knows nothing. */
  private void checkRefs(Tensor<?>[] arguments) {
    int[] indexes = donatedForGood;
    if (indexes == null) {
      indexes = kernel.donatedForGood();
      donatedForGood = indexes;
    }
    for (int index : indexes) {
      if (arguments[index] instanceof Ref) {
        throw new ArgumentException(
            "%s: argument %s is donated, and a Ref keeps its value: give what get() answers, or %s"
                .formatted(
                    kernel.program().name(), kernel.inputName(index), "make the parameter a Ref"));
      }
    }
  }
}
