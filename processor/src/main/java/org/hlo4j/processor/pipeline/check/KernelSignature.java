package org.hlo4j.processor.pipeline.check;

import java.util.List;
import java.util.stream.Collectors;
import org.hlo4j.processor.model.KernelMethod;
import org.hlo4j.processor.model.Parameter;
import org.hlo4j.processor.model.ProgramSignature;
import org.hlo4j.processor.model.RefOutputs;
import org.hlo4j.processor.model.Structure;
import org.hlo4j.processor.model.Structure.Leaf;
import org.hlo4j.processor.pipeline.graph.Callee;

/**
 * A kernel as seen by a pipeline's statements.
 *
 * @param refOutputs the outputs of the program that replace the values of Refs
 */
public record KernelSignature(KernelMethod method, Callee callee, RefOutputs refOutputs) {
  /** Returns the signature of a kernel whose program matches it. */
  public static KernelSignature of(KernelMethod method, Callee callee) {
    return new KernelSignature(
        method, callee, RefOutputs.of(method, ProgramSignature.of(callee.entry())));
  }

  String name() {
    return method.name();
  }

  List<Parameter> parameters() {
    return method.parameters();
  }

  /** Returns the tensors that it returns, without those that replace the values of Refs. */
  List<Leaf> outputs() {
    return method.outputs();
  }

  public static boolean isRef(Structure structure) {
    return structure instanceof Leaf leaf && leaf.holder().isRef();
  }

  /** Returns a text such as {@code permute(Shard x)}, for messages. */
  @Override
  public String toString() {
    return method.parameters().stream()
        .map(parameter -> typeOf(parameter.structure()) + " " + parameter.name())
        .collect(Collectors.joining(", ", method.name() + "(", ")"));
  }

  static String typeOf(Structure structure) {
    return switch (structure) {
      case Leaf leaf -> leaf.tensorType().simpleName();
      case Structure.Group group -> group.type().simpleName();
    };
  }

  /** Returns a text such as {@code Shard (tensor<4xf32>)}, or the name of a record. */
  static String shown(Structure structure) {
    return structure instanceof Leaf leaf
        ? "%s (%s)".formatted(leaf.tensorType().simpleName(), leaf.shape())
        : typeOf(structure);
  }

  /** Returns whether two structures hold the same tensors. */
  static boolean isSame(Structure one, Structure other) {
    return one.leaves()
        .map(Leaf::tensorType)
        .toList()
        .equals(other.leaves().map(Leaf::tensorType).toList());
  }
}
