package org.hlo4j;

import java.util.List;

/**
 * What is known of a kernel before it runs.
 *
 * @param name the interface's name and the method's, such as {@code com.acme.Dense.fma}
 * @param inputs the program's inputs, in order, under the names of the Java parameters
 * @param outputs the program's outputs, in order
 */
public record KernelMetadata(String name, List<ProgramInput> inputs, List<ProgramOutput> outputs) {

  /** Metadata with unchangeable lists. */
  public KernelMetadata {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /** One line an input and an output. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(name);
    inputs.forEach(input -> text.append("\n  in  ").append(input));
    outputs.forEach(output -> text.append("\n  out ").append(output));
    return text.toString();
  }
}
