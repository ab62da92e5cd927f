package org.hlo4j.processor.write;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.Modifier;
import org.hlo4j.Results;
import org.hlo4j.generated.RecordPromise;
import org.hlo4j.processor.model.KernelMethod;
import org.hlo4j.processor.model.Structure;
import org.hlo4j.processor.model.Structure.Component;
import org.hlo4j.processor.model.Structure.Group;
import org.hlo4j.processor.model.Structure.Leaf;
import org.hlo4j.processor.plan.InterfacePlan;
import org.hlo4j.processor.plan.KernelPlan;

/** Writes the interface whose methods return promises: {@code DenseAsync}. */
record AsyncWriter(Names names, InterfacePlan plan, Target target) {
  /** The column of an expression that a method of a nested class returns. */
  private static final int RETURN = "      return ".length();

  TypeSpec write() {
    TypeSpec.Builder type =
        names
            .complete(TypeSpec.interfaceBuilder(names.asyncInterface()))
            .addJavadoc(
                "The kernels of {@link $T}, which return promises without waiting.\n",
                plan.source().name());
    Map<ClassName, Group> groups = new LinkedHashMap<>();
    for (KernelPlan kernel : plan.kernels()) {
      KernelMethod method = kernel.method();
      type.addMethod(starting(method));
      method.result().ifPresent(result -> collect(result, groups));
    }
    groups.values().forEach(group -> type.addType(promise(group)));
    return type.build();
  }

  private MethodSpec starting(KernelMethod method) {
    MethodSpec.Builder builder =
        Names.declaration(method)
            .addModifiers(Modifier.ABSTRACT)
            .addJavadoc(javadoc(method))
            .returns(promiseOf(names, target, method));
    if (method.deprecated()) {
      builder.addAnnotation(Deprecated.class);
    }
    return builder.build();
  }

  private CodeBlock javadoc(KernelMethod method) {
    return method.javadoc().isEmpty()
        ? CodeBlock.of("Starts {@link $T#$L}.\n", plan.source().name(), method.name())
        : CodeBlock.of("$L\n", method.javadoc());
  }

  /** Adds nested records, which need their own promises unless they can hold promises. */
  private static void collect(Structure structure, Map<ClassName, Group> groups) {
    if (structure instanceof Group group) {
      groups.putIfAbsent(group.type(), group);
      for (Component component : group.components()) {
        if (component.structure() instanceof Group inner && !inner.holdsPromises()) {
          collect(inner, groups);
        }
      }
    }
  }

  /** Returns the result type of a kernel's async method. */
  static TypeName promiseOf(Names names, Target target, KernelMethod method) {
    if (method.result().isEmpty()) {
      return Target.PROMISE_OF_NOTHING;
    }
    return switch (method.result().get()) {
      case Leaf leaf -> target.promiseOf(leaf);
      case Group group -> names.promise(group);
    };
  }

  private TypeSpec promise(Group group) {
    TypeSpec.Builder type =
        TypeSpec.classBuilder(names.promise(group).simpleName())
            .addModifiers(Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
            .addJavadoc(
                "A promise of a {@link $T}, with a promise for each of its components.\n",
                group.type())
            .superclass(ParameterizedTypeName.get(ClassName.get(RecordPromise.class), group.type()))
            .addMethod(
                MethodSpec.constructorBuilder()
                    .addParameter(Results.class, "results")
                    .addParameter(TypeName.INT, "first")
                    .addStatement("super(results, first)")
                    .build());
    Iterator<String> accessors = Names.promiseAccessors(group).iterator();
    int index = 0;
    for (Component component : group.components()) {
      type.addMethod(accessor(accessors.next(), component, index));
      index += count(component.structure());
    }
    if (group.holdsPromises()) {
      type.addMethod(inFlight(group));
    }
    return type.addMethod(
            MethodSpec.methodBuilder("whole")
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PROTECTED)
                .returns(group.type())
                .addCode("return $L;\n", make(group, 0, false))
                .build())
        .build();
  }

  private MethodSpec accessor(String name, Component component, int index) {
    MethodSpec.Builder method = MethodSpec.methodBuilder(name).addModifiers(Modifier.PUBLIC);
    return switch (component.structure()) {
      case Leaf leaf ->
          method
              .addJavadoc("Returns the promise of {@code $L}.\n", component.name())
              .returns(target.promiseOf(leaf))
              .addStatement("return $L($L)", target.promiseMethod(), index)
              .build();
      case Group group ->
          group.holdsPromises()
              ? method
                  .addJavadoc("Returns {@code $L} with promises as components.\n", component.name())
                  .returns(group.type())
                  .addCode("return $L;\n", make(group, index, true))
                  .build()
              : method
                  .addJavadoc("Returns the promise of {@code $L}.\n", component.name())
                  .returns(names.promise(group))
                  .addStatement("return nested($T::new, $L)", names.promise(group), index)
                  .build();
    };
  }

  private MethodSpec inFlight(Group group) {
    return MethodSpec.methodBuilder("inFlight")
        .addModifiers(Modifier.PUBLIC)
        .addJavadoc("Returns the record with promises as components, without waiting.\n")
        .returns(group.type())
        .addCode("return $L;\n", make(group, 0, true))
        .build();
  }

  /** Returns the expression that creates a record of promises or buffers. */
  private CodeBlock make(Structure structure, int index, boolean promises) {
    return switch (structure) {
      case Leaf leaf ->
          CodeBlock.of(
              "$L($L)",
              promises || leaf.holder().isPromise()
                  ? target.promiseMethod()
                  : target.bufferMethod(),
              index);
      case Group group -> {
        List<CodeBlock> parts = new ArrayList<>();
        int next = index;
        for (Component component : group.components()) {
          parts.add(make(component.structure(), next, promises));
          next += count(component.structure());
        }
        CodeBlock head = CodeBlock.of("new $T(", group.type());
        int used = RETURN + SourceFormatter.length(head) + ");".length();
        yield CodeBlock.of("$L$L)", head, SourceFormatter.arguments(used, parts));
      }
    };
  }

  private static int count(Structure structure) {
    return (int) structure.leaves().count();
  }
}
