package org.hlo4j.cli.run;

import java.util.ArrayList;
import java.util.List;
import org.hlo4j.DeviceGroup;
import org.hlo4j.Executable;
import org.hlo4j.HostTensor;
import org.hlo4j.Pjrt;
import org.hlo4j.Program;
import org.hlo4j.Sharded;
import org.hlo4j.ShardedBuffer;

/** A compiled program and its inputs on its devices. All replicas have the same inputs. */
@SuppressWarnings("ArrayRecordComponent") // Not compared.
public record Runner(Executable executable, Sharded<?>... inputs) {
  /**
   * An output of a program.
   *
   * @param name its name in the program, or its position
   * @param text its type, device and abbreviated values
   */
  public record Result(String name, HostTensor<?> tensor, String text) {}

  /**
   * Compiles a program and transfers its inputs to its devices.
   *
   * @param client a client with the devices of the program
   * @param inputs the inputs, which this method frees
   */
  public static Runner of(Pjrt client, Program program, List<HostTensor<?>> inputs) {
    DeviceGroup group = client.group(program.replicas() * program.partitions());
    Executable executable = group.compile(program);
    Sharded<?>[] spread = new Sharded<?>[inputs.size()];
    for (int i = 0; i < spread.length; i++) {
      // Retained, so that each run copies donated inputs.
      spread[i] = group.put(executable.inputShardings().get(i), inputs.get(i)).retained();
    }
    return new Runner(executable, spread);
  }

  /** Runs the program, waits, and closes the results. */
  public void run() {
    executable.executeSharded(inputs).forEach(ShardedBuffer::close);
  }

  /** Runs the program and returns its results; of replicas, those of the first. */
  public List<Result> results() {
    List<Result> results = new ArrayList<>();
    for (ShardedBuffer<?> output : executable.executeSharded(inputs)) {
      String name = executable.outputs().get(results.size()).name();
      results.add(new Result(name, output.replica(0).toHostTensor(), output.toString()));
    }
    return results;
  }
}
