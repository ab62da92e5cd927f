package org.hlo4j.processor.write;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.Modifier;
import org.hlo4j.TensorScope;
import org.hlo4j.processor.model.KernelMethod;
import org.hlo4j.processor.model.Structure;
import org.hlo4j.processor.model.Structure.Component;
import org.hlo4j.processor.model.Structure.Group;
import org.hlo4j.processor.model.Structure.Holder;
import org.hlo4j.processor.model.Structure.Leaf;
import org.hlo4j.processor.plan.InterfacePlan;
import org.hlo4j.processor.plan.KernelPlan;

/** Writes static methods for records of tensors: {@code DenseKernels.close(params)}. */
final class RecordsWriter {
  /** The column of an expression that a method returns. */
  private static final int RETURN = "    return ".length();

  private final Map<ClassName, Group> groups = new LinkedHashMap<>();

  RecordsWriter(InterfacePlan plan) {
    for (KernelPlan kernel : plan.kernels()) {
      KernelMethod method = kernel.method();
      method.parameters().forEach(parameter -> collect(parameter.structure()));
      method.result().ifPresent(this::collect);
    }
  }

  private void collect(Structure structure) {
    if (structure instanceof Group group && groups.putIfAbsent(group.type(), group) == null) {
      group.components().forEach(component -> collect(component.structure()));
    }
  }

  void addTo(TypeSpec.Builder type) {
    for (Group group : groups.values()) {
      if (isEmpty(group)) {
        continue;
      }
      type.addMethod(close(group)).addMethod(keep(group));
      if (group.leaves().allMatch(leaf -> leaf.holder() == Holder.TENSOR)) {
        type.addMethod(retained(group));
      }
    }
  }

  private static boolean isEmpty(Structure structure) {
    return structure.leaves().findAny().isEmpty();
  }

  private static MethodSpec.Builder method(String name) {
    return MethodSpec.methodBuilder(name).addModifiers(Modifier.PUBLIC, Modifier.STATIC);
  }

  private static MethodSpec close(Group group) {
    MethodSpec.Builder method =
        method("close")
            .addJavadoc("Closes the tensors of a record.\n")
            .addParameter(group.type(), "tensors");
    addForEach(method, group, "tensors.$L().close()", "close(tensors.$L())");
    return method.build();
  }

  private static MethodSpec keep(Group group) {
    MethodSpec.Builder method =
        method("keep")
            .addJavadoc(
                """
                Keeps the tensors of a record, as {@link $T#keep} keeps a single tensor.

                @return the record
                """,
                TensorScope.class)
            .returns(group.type())
            .addParameter(TensorScope.class, "scope")
            .addParameter(group.type(), "tensors");
    addForEach(method, group, "scope.keep(tensors.$L())", "keep(scope, tensors.$L())");
    return method.addStatement("return tensors").build();
  }

  private static void addForEach(
      MethodSpec.Builder method, Group group, String ofTensor, String ofRecord) {
    for (Component component : group.components()) {
      if (!isEmpty(component.structure())) {
        method.addStatement(
            component.structure() instanceof Leaf ? ofTensor : ofRecord, component.name());
      }
    }
  }

  private static MethodSpec retained(Group group) {
    List<CodeBlock> parts = new ArrayList<>();
    for (Component component : group.components()) {
      parts.add(retained(component));
    }
    CodeBlock head = CodeBlock.of("new $T(", group.type());
    int used = RETURN + SourceFormatter.length(head) + ");".length();
    return method("retained")
        .addJavadoc(
            "Returns the record as an argument that a call may not consume; XLA then copies it.\n")
        .returns(group.type())
        .addParameter(group.type(), "tensors")
        .addCode("return $L$L);\n", head, SourceFormatter.arguments(used, parts))
        .build();
  }

  private static CodeBlock retained(Component component) {
    if (isEmpty(component.structure())) {
      return CodeBlock.of("tensors.$L()", component.name());
    }
    return component.structure() instanceof Leaf
        ? CodeBlock.of("tensors.$L().retained()", component.name())
        : CodeBlock.of("retained(tensors.$L())", component.name());
  }
}
