package org.hlo4j.processor.model;

import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;
import org.hlo4j.internal.mlir.analysis.EntryPoint;
import org.hlo4j.type.Shape;

/** The inputs and outputs of a program, and the memory that they share. */
public record ProgramSignature(List<Input> inputs, List<EntryPoint.Output> outputs) {
  public ProgramSignature {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /**
   * An input.
   *
   * @param name its name, without the {@code %}
   * @param donated whether the program donates it
   * @param aliasedOutput the output that reuses its memory, if the program specifies it
   * @param attributes its attributes in the program, for messages
   * @param takesAttributes whether an attribute can be added to it in the program's text
   */
  public record Input(
      String name,
      Shape shape,
      boolean donated,
      OptionalInt aliasedOutput,
      String attributes,
      boolean takesAttributes) {}

  /**
   * Returns the first output that can reuse the memory of an input: the input itself, or else a
   * computed output of its type without duplicates.
   */
  public OptionalInt outputFor(int index, Collection<Integer> taken) {
    OptionalInt computed = OptionalInt.empty();
    for (int i = 0; i < outputs.size(); i++) {
      EntryPoint.Output output = outputs.get(i);
      if (taken.contains(i) || !output.shape().equals(inputs.get(index).shape())) {
        continue;
      }
      if (output.forwardedInput().equals(OptionalInt.of(index))) {
        return OptionalInt.of(i);
      }
      if (computed.isEmpty() && output.forwardedInput().isEmpty() && output.sameAs().isEmpty()) {
        computed = OptionalInt.of(i);
      }
    }
    return computed;
  }

  /** Returns the signature of a program that was read. */
  public static ProgramSignature of(EntryPoint entry) {
    boolean isPretty = entry.function().signature() != null;
    List<Input> inputs =
        entry.inputs().stream()
            .map(
                input ->
                    new Input(
                        input.name(),
                        input.shape(),
                        input.donated(),
                        input.aliasedOutput(),
                        input.argument().attributes().toString(),
                        isPretty || input.argument().attributes().span() != null))
            .toList();
    return new ProgramSignature(inputs, entry.outputs());
  }
}
