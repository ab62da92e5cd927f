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

/** A compiled program with inputs that are on its devices; each replica has the same inputs. */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares them.
public record Runner(Executable executable, Sharded<?>... inputs) {
  /**
   * An output of a program.
   *
   * @param name what the program calls it, or its place
   * @param text its type, device and values, cut short
   */
  public record Result(String name, HostTensor<?> tensor, String text) {}

  /**
   * Compiles a program and brings its inputs to its devices.
   *
   * @param client with as many devices as the program runs on
   * @param inputs which are gone afterwards
   */
  public static Runner of(Pjrt client, Program program, List<HostTensor<?>> inputs) {
    DeviceGroup group = client.group(program.replicas() * program.partitions());
    Executable executable = group.compile(program);
    Sharded<?>[] spread = new Sharded<?>[inputs.size()];
    for (int i = 0; i < spread.length; i++) {
      // What the program donates, each run copies.
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
