package org.hlo4j.processor.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * The outputs of a program that replace the values of a kernel's {@code Ref}s; the others are its
 * result. A {@code Ref} is replaced by the output that reuses its memory in the program, or else
 * the one that forwards it, or else the first free one of its type.
 *
 * @param ofInputs the output of each input that is a {@code Ref} and has one
 * @param result the outputs that the method returns, in order
 */
public record RefOutputs(Map<Integer, Integer> ofInputs, List<Integer> result) {
  public RefOutputs {
    ofInputs = Map.copyOf(ofInputs);
    result = List.copyOf(result);
  }

  /** Returns the outputs of a kernel whose inputs match its program's. */
  public static RefOutputs of(KernelMethod method, ProgramSignature signature) {
    Map<Integer, Integer> outputs = new HashMap<>();
    List<Integer> taken = new ArrayList<>();
    signature.inputs().forEach(input -> input.aliasedOutput().ifPresent(taken::add));
    List<Structure.Leaf> leaves = method.inputs();
    for (int i = 0; i < leaves.size() && leaves.size() == signature.inputs().size(); i++) {
      if (leaves.get(i).holder().isRef()) {
        ProgramSignature.Input input = signature.inputs().get(i);
        OptionalInt output =
            input.donated() ? input.aliasedOutput() : signature.outputFor(i, taken);
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
}
