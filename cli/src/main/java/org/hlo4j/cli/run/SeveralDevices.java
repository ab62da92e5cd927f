package org.hlo4j.cli.run;

import java.util.ArrayList;
import java.util.List;
import org.hlo4j.DeviceGroup;
import org.hlo4j.HostTensor;
import org.hlo4j.Program;
import org.hlo4j.Sharded;
import org.hlo4j.ShardedBuffer;
import org.hlo4j.ShardedExecutable;

/** A program for several devices: the inputs are spread as it says, each replica gets the same. */
final class SeveralDevices implements Runner {
  private final ShardedExecutable executable;
  private final List<HostTensor<?>> inputs;

  private SeveralDevices(ShardedExecutable executable, List<HostTensor<?>> inputs) {
    this.executable = executable;
    this.inputs = inputs;
  }

  static SeveralDevices of(DeviceGroup group, Program program, List<HostTensor<?>> inputs) {
    return new SeveralDevices(group.compile(program), inputs);
  }

  @Override
  public void run() {
    executable.execute(spread()).forEach(ShardedBuffer::close);
  }

  @Override
  public List<Result> results() {
    List<Result> results = new ArrayList<>();
    for (ShardedBuffer<?> output : executable.execute(spread())) {
      String name = executable.outputs().get(results.size()).name();
      String text = output.toString();
      ShardedBuffer<?> one = output.replicas() > 1 ? output.replica(0) : output;
      HostTensor<?> host = HostTensor.allocate(one.shape());
      one.copyTo(host.segment());
      results.add(new Result(name, host, text));
    }
    return results;
  }

  /** Each call's own: what it donates is gone. */
  private Sharded<?>[] spread() {
    Sharded<?>[] spread = new Sharded<?>[inputs.size()];
    for (int i = 0; i < spread.length; i++) {
      spread[i] = executable.input(i).put(inputs.get(i).segment());
    }
    return spread;
  }
}
