package org.hlo4j;

import java.util.ArrayList;
import java.util.List;
import org.hlo4j.internal.mlir.analysis.DeviceCounts;

/**
 * The static properties of a kernel. Immutable.
 *
 * @param name the names of the interface and the method, such as {@code com.acme.Dense.fma}
 * @param replicas the number of replicas, each with its own data
 * @param partitions the number of partitions over which each replica's data is sharded
 * @param inputs the program's inputs, in order, under the names of the Java parameters
 * @param outputs the program's outputs, in order
 * @param collectives the collective operations, in program order
 * @param schedule how a pipeline's starts and loops were compiled, one line each; empty for kernels
 */
public record KernelMetadata(
    String name,
    int replicas,
    int partitions,
    List<ProgramInput> inputs,
    List<ProgramOutput> outputs,
    List<String> collectives,
    List<String> schedule) {

  /** Copies the lists. */
  public KernelMetadata {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    collectives = List.copyOf(collectives);
    schedule = List.copyOf(schedule);
  }

  /**
   * Returns the metadata of a program under a kernel's names.
   *
   * @param inputNames the Java names of the program's inputs, in order
   */
  public static KernelMetadata of(String name, Program program, List<String> inputNames) {
    List<ProgramInput> inputs = new ArrayList<>();
    for (ProgramInput input : program.inputs()) {
      inputs.add(input.named(inputNames.get(inputs.size())));
    }
    return new KernelMetadata(
        name,
        program.replicas(),
        program.partitions(),
        inputs,
        program.outputs(),
        program.collectives(),
        List.of());
  }

  /** Returns this metadata with the schedule of a pipeline. */
  public KernelMetadata scheduled(List<String> lines) {
    return new KernelMetadata(name, replicas, partitions, inputs, outputs, collectives, lines);
  }

  /**
   * Returns one line for the devices, if there are several, and one per input, output, collective,
   * and scheduled start or loop.
   */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(name);
    if (replicas * partitions > 1) {
      text.append("\n  runs as ").append(new DeviceCounts(replicas, partitions));
    }
    inputs.forEach(input -> text.append("\n  in  ").append(input));
    outputs.forEach(output -> text.append("\n  out ").append(output));
    collectives.forEach(collective -> text.append("\n  collective ").append(collective));
    schedule.forEach(line -> text.append("\n  pipeline ").append(line));
    return text.toString();
  }
}
