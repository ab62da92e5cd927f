package org.hlo4j.stub;

import org.hlo4j.Device;
import org.hlo4j.Executable;
import org.hlo4j.Promise;
import org.hlo4j.Results;
import org.hlo4j.Tensor;
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

  BoundKernel(Kernel kernel, Device device) {
    this.kernel = kernel;
    this.device = device;
  }

  /**
   * Starts the kernel, which is compiled first if nobody has: the call then waits for that, and the
   * caller does not.
   *
   * @throws HloException as {@link Executable#start} does; what is wrong with the program is
   *     reported by the results
   */
  public Results start(Tensor<?>... arguments) {
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
}
