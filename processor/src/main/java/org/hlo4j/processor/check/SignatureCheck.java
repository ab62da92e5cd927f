package org.hlo4j.processor.check;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hlo4j.processor.message.Message;
import org.hlo4j.processor.message.Problem;
import org.hlo4j.processor.message.Report;
import org.hlo4j.processor.model.KernelMethod;
import org.hlo4j.processor.model.ProgramSignature;
import org.hlo4j.processor.model.RefOutputs;
import org.hlo4j.processor.model.Structure.Leaf;
import org.hlo4j.type.Shape;

/**
 * Checks that the program's inputs and outputs match the method's in number, order, element type
 * and shape.
 */
public final class SignatureCheck {
  private SignatureCheck() {}

  /** Reports each mismatch between a method and its program, with both sides. */
  public static void check(KernelMethod method, ProgramSignature signature, Report report) {
    checkInputs(method, signature, report);
    checkOutputs(method, signature, report);
  }

  private static void checkInputs(KernelMethod method, ProgramSignature signature, Report report) {
    List<Leaf> leaves = method.inputs();
    List<Shape> shapes = signature.inputs().stream().map(ProgramSignature.Input::shape).toList();
    if (leaves.size() != shapes.size()) {
      report.add(count(Message.INPUT_COUNT, method, shapes, leaves));
      return;
    }
    for (int i = 0; i < leaves.size(); i++) {
      Leaf leaf = leaves.get(i);
      ProgramSignature.Input input = signature.inputs().get(i);
      if (!input.shape().equals(leaf.shape())) {
        report.add(
            Message.INPUT_TYPE.at(
                leaf.place(),
                i,
                input.name(),
                input.shape(),
                leaf.path(),
                leaf.tensorType().simpleName(),
                leaf.shape(),
                hint(method, leaf, leaves, shapes, i)));
      }
    }
  }

  private static void checkOutputs(KernelMethod method, ProgramSignature signature, Report report) {
    RefOutputs outputs = RefOutputs.of(method, signature);
    checkRefs(method, outputs, report);
    List<Leaf> leaves = method.outputs();
    List<Shape> shapes =
        outputs.result().stream().map(output -> signature.outputs().get(output).shape()).toList();
    if (leaves.size() != shapes.size()) {
      report.add(count(Message.OUTPUT_COUNT, method, shapes, leaves));
      return;
    }
    for (int i = 0; i < leaves.size(); i++) {
      Leaf leaf = leaves.get(i);
      if (!shapes.get(i).equals(leaf.shape())) {
        report.add(
            Message.OUTPUT_TYPE.at(
                leaf.place(),
                outputs.result().get(i),
                shapes.get(i),
                leaf.path().isEmpty() ? "the method's result" : "the result's " + leaf.path(),
                leaf.tensorType().simpleName(),
                leaf.shape(),
                hint(method, leaf, leaves, shapes, i)));
      }
    }
  }

  private static void checkRefs(KernelMethod method, RefOutputs outputs, Report report) {
    List<Leaf> leaves = method.inputs();
    for (int i = 0; i < leaves.size(); i++) {
      Leaf leaf = leaves.get(i);
      if (leaf.holder().isRef() && !outputs.ofInputs().containsKey(i)) {
        report.add(
            Message.REF_WITHOUT_OUTPUT.at(
                leaf.place(), leaf.path(), leaf.shape(), leaf.tensorType().simpleName()));
      }
    }
  }

  private static Problem count(
      Message message, KernelMethod method, List<Shape> shapes, List<Leaf> leaves) {
    String program = shapes.stream().map(Shape::toString).collect(Collectors.joining(", "));
    String java =
        leaves.stream()
            .map(leaf -> leaf.path().isEmpty() ? leaf.shape() : leaf.path() + ": " + leaf.shape())
            .map(Object::toString)
            .collect(Collectors.joining(", "));
    String both = "\n  program: (%s)\n  method:  (%s)".formatted(program, java);
    return message.at(method.place(), method.name(), shapes.size(), leaves.size(), both);
  }

  /**
   * Suggests the usual causes: swapped neighbours, a transposed shape, or another tensor type of
   * this method.
   */
  private static String hint(
      KernelMethod method, Leaf leaf, List<Leaf> leaves, List<Shape> shapes, int index) {
    for (int other = 0; other < leaves.size(); other++) {
      if (other != index
          && leaves.get(other).shape().equals(shapes.get(index))
          && leaf.shape().equals(shapes.get(other))) {
        String name = leaves.get(other).path();
        return "; did you mean to swap it with "
            + (name.isEmpty() ? "number " + other : name)
            + "?";
      }
    }
    Shape wanted = shapes.get(index);
    if (wanted.elementType() == leaf.shape().elementType() && isReversed(wanted, leaf.shape())) {
      return "; did you mean its transpose?";
    }
    return Stream.concat(method.inputs().stream(), method.outputs().stream())
        .filter(other -> other.shape().equals(wanted))
        .map(other -> "; did you mean " + other.tensorType().simpleName() + "?")
        .findFirst()
        .orElse("");
  }

  private static boolean isReversed(Shape one, Shape other) {
    int rank = one.rank();
    return rank == other.rank()
        && rank > 1
        && IntStream.range(0, rank)
            .allMatch(d -> one.dimension(d) == other.dimension(rank - 1 - d));
  }
}
