package org.hlo4j.stub;

import java.util.Optional;
import org.hlo4j.DeviceGroup;
import org.hlo4j.Program;
import org.hlo4j.ProgramInput;
import org.hlo4j.Sharded;
import org.hlo4j.ShardedExecutable;
import org.hlo4j.ShardedInput;
import org.hlo4j.ShardedResults;
import org.hlo4j.Sharding;
import org.hlo4j.error.CompilationException;
import org.hlo4j.error.HloException;
import org.hlo4j.type.Element;
import org.jspecify.annotations.Nullable;

/**
 * A kernel on several devices, compiled by its first call, and again if its executable was closed.
 * Safe for use by many threads.
 */
public final class BoundShardedKernel {
  private final Kernel kernel;
  private final DeviceGroup group;
  private volatile @Nullable ShardedExecutable executable;

  BoundShardedKernel(Kernel kernel, DeviceGroup group) {
    this.kernel = kernel;
    this.group = group;
  }

  private ShardedExecutable executable() {
    ShardedExecutable known = executable;
    if (known == null || known.isClosed()) {
      known = group.compile(kernel.program());
      executable = known;
    }
    return known;
  }

  /**
   * Starts the kernel, compiling it first if nobody has.
   *
   * @throws CompilationException if the program is refused
   * @throws HloException as {@link ShardedExecutable#start} does
   */
  public ShardedResults start(Sharded<?>... arguments) {
    return executable().start(arguments);
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
        : executable().input(index);
  }
}
