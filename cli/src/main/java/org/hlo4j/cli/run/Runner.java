package org.hlo4j.cli.run;

import java.util.List;
import org.hlo4j.HostTensor;
import org.hlo4j.Pjrt;
import org.hlo4j.Program;

/** A compiled program with inputs that are on its devices. */
public interface Runner {
  /**
   * Compiles a program and brings its inputs to its devices.
   *
   * @param client with as many devices as the program runs on
   */
  static Runner of(Pjrt client, Program program, List<HostTensor<?>> inputs) {
    int devices = program.replicas() * program.partitions();
    return devices > 1
        ? SeveralDevices.of(client.group(devices), program, inputs)
        : OneDevice.of(client.device(), program, inputs);
  }

  /** Runs the program, waits, and forgets the results. Donated inputs are copied first. */
  void run();

  /** Runs the program and answers its results. */
  List<Result> results();
}
