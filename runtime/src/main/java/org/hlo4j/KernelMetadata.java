package org.hlo4j;

import java.util.ArrayList;
import java.util.List;

/**
 * What is known of a kernel before it runs.
 *
 * @param name the interface's name and the method's, such as {@code com.acme.Dense.fma}
 * @param inputs the program's inputs, in order, under the names of the Java parameters
 * @param outputs the program's outputs, in order
 * @param collectives the collective operations, in the order of the program
 */
public record KernelMetadata(
    String name, List<ProgramInput> inputs, List<ProgramOutput> outputs, List<String> collectives) {

  /** Metadata with unchangeable lists. */
  public KernelMetadata {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    collectives = List.copyOf(collectives);
  }

  /**
   * The metadata of a program under a kernel's names.
   *
   * @param inputNames the Java names of the program's inputs, in order
   */
  public static KernelMetadata of(String name, Program program, List<String> inputNames) {
    List<ProgramInput> inputs = new ArrayList<>();
    for (ProgramInput input : program.inputs()) {
      inputs.add(input.named(inputNames.get(inputs.size())));
    }
    return new KernelMetadata(name, inputs, program.outputs(), program.collectives());
  }

  /** One line an input, an output and a collective operation. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(name);
    inputs.forEach(input -> text.append("\n  in  ").append(input));
    outputs.forEach(output -> text.append("\n  out ").append(output));
    collectives.forEach(collective -> text.append("\n  collective ").append(collective));
    return text.toString();
  }
}
