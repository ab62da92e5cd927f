package org.hlo4j.cli.run;

import java.util.ArrayList;
import java.util.List;
import org.hlo4j.Device;
import org.hlo4j.DeviceBuffer;
import org.hlo4j.Executable;
import org.hlo4j.HostTensor;
import org.hlo4j.Program;
import org.hlo4j.Tensor;

/** A program for one device. */
final class OneDevice implements Runner {
  private final Executable executable;
  private final Tensor<?>[] inputs;

  private OneDevice(Executable executable, Tensor<?>[] inputs) {
    this.executable = executable;
    this.inputs = inputs;
  }

  static OneDevice of(Device device, Program program, List<HostTensor<?>> inputs) {
    Executable executable = device.compile(program);
    Tensor<?>[] arguments =
        inputs.stream().map(input -> device.put(input).retained()).toArray(Tensor<?>[]::new);
    return new OneDevice(executable, arguments);
  }

  @Override
  public void run() {
    executable.execute(inputs).forEach(DeviceBuffer::close);
  }

  @Override
  public List<Result> results() {
    List<Result> results = new ArrayList<>();
    for (DeviceBuffer<?> output : executable.execute(inputs)) {
      String name = executable.outputs().get(results.size()).name();
      results.add(new Result(name, output.toHostTensor(), output.toString()));
    }
    return results;
  }
}
