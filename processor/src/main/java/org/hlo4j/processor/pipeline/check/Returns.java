package org.hlo4j.processor.pipeline.check;

import java.util.ArrayList;
import java.util.List;
import org.hlo4j.processor.message.Message;
import org.hlo4j.processor.model.KernelMethod;
import org.hlo4j.processor.model.Structure.Leaf;
import org.hlo4j.processor.pipeline.graph.FlowValue;
import org.hlo4j.processor.pipeline.syntax.Operand;
import org.hlo4j.processor.pipeline.syntax.Statement;

/** Checks the values that a pipeline returns against the result of its method. */
final class Returns {
  private Returns() {}

  static List<FlowValue> values(
      Statement.Return statement, KernelMethod method, NameScope scope, Resolver resolver)
      throws Rejection {
    List<FlowValue> values = new ArrayList<>();
    List<Leaf> types = new ArrayList<>();
    for (Operand operand : statement.values()) {
      if (scope.get(operand.variable().text()) instanceof Binding.Pending pending) {
        scope.put(operand.variable().text(), new Binding.Broken()); // It is not done either.
        throw new Refusal(
            Message.FUTURE_RETURNED, operand.span(), operand, pending.call().signature().name());
      }
      Binding.Tensors tensors = resolver.read(operand);
      values.addAll(tensors.values());
      types.addAll(tensors.structure().leaves().toList());
    }
    List<Leaf> declared = method.outputs();
    if (types.size() != declared.size()) {
      throw new Refusal(
          Message.PIPELINE_RETURNS,
          statement.span(),
          Count.of(types.size(), "tensor") + (types.size() == 1 ? " is" : " are"),
          declared.size(),
          declared.isEmpty() ? "" : ": " + typesOf(declared));
    }
    for (int i = 0; i < types.size(); i++) {
      if (!types.get(i).tensorType().equals(declared.get(i).tensorType())) {
        String what = declared.get(i).path();
        String place = what.isEmpty() ? "the method's result" : "the result's " + what;
        String type = KernelSignature.shown(types.get(i));
        String wanted = KernelSignature.shown(declared.get(i));
        throw new Refusal(Message.PIPELINE_RETURN_TYPE, statement.span(), i, type, place, wanted);
      }
    }
    return values;
  }

  private static String typesOf(List<Leaf> leaves) {
    return String.join(", ", leaves.stream().map(leaf -> leaf.tensorType().simpleName()).toList());
  }
}
