package org.hlo4j.processor.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.hlo4j.internal.mlir.analysis.EntryPoint;

/**
 * Which outputs of a program replace the values of a kernel's {@code Ref}s; the others are its
 * result. A {@code Ref} gets the output to which the program gives its memory, or else the one that
 * it is, or else the first of its type that is free.
 *
 * @param ofInputs the output of each input that is a {@code Ref} and has one
 * @param result the outputs that the method returns, in order
 */
public record RefOutputs(Map<Integer, Integer> ofInputs, List<Integer> result) {
  public RefOutputs {
    ofInputs = Map.copyOf(ofInputs);
    result = List.copyOf(result);
  }

  /** The outputs of a kernel whose inputs agree with its program's. */
  public static RefOutputs of(KernelMethod method, ProgramSignature signature) {
    Map<Integer, Integer> outputs = new HashMap<>();
    List<Integer> taken = new ArrayList<>();
    signature.inputs().forEach(input -> input.aliasedOutput().ifPresent(taken::add));
    List<Structure.Leaf> leaves = method.inputs();
    for (int i = 0; i < leaves.size() && leaves.size() == signature.inputs().size(); i++) {
      if (leaves.get(i).holder().isRef()) {
        OptionalInt output = output(signature, i, taken);
        if (output.isPresent()) {
          outputs.put(i, output.getAsInt());
          taken.add(output.getAsInt());
        }
      }
    }
    List<Integer> result =
        IntStream.range(0, signature.outputs().size())
            .filter(output -> !outputs.containsValue(output))
            .boxed()
            .toList();
    return new RefOutputs(outputs, result);
  }

  private static OptionalInt output(ProgramSignature signature, int index, List<Integer> taken) {
    ProgramSignature.Input input = signature.inputs().get(index);
    if (input.donated()) {
      return input.aliasedOutput();
    }
    List<Integer> free =
        IntStream.range(0, signature.outputs().size())
            .filter(output -> !taken.contains(output))
            .filter(output -> signature.outputs().get(output).shape().equals(input.shape()))
            .boxed()
            .toList();
    OptionalInt self =
        free.stream()
            .filter(output -> isInput(signature.outputs().get(output), index))
            .mapToInt(Integer::intValue)
            .findFirst();
    return self.isPresent()
        ? self
        : free.stream()
            .filter(output -> isComputed(signature.outputs().get(output)))
            .mapToInt(Integer::intValue)
            .findFirst();
  }

  private static boolean isInput(EntryPoint.Output output, int index) {
    return output.forwardedInput().equals(OptionalInt.of(index));
  }

  private static boolean isComputed(EntryPoint.Output output) {
    return output.forwardedInput().isEmpty() && output.sameAs().isEmpty();
  }
}
