package org.hlo4j.processor.write;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;
import org.hlo4j.KernelMetadata;
import org.hlo4j.generated.BoundKernel;
import org.hlo4j.generated.Kernel;
import org.hlo4j.generated.KernelSet;
import org.hlo4j.processor.model.KernelMethod;
import org.hlo4j.processor.model.Structure;
import org.hlo4j.processor.plan.InterfacePlan;
import org.hlo4j.processor.plan.KernelPlan;

/** Writes the class that creates an interface's implementations: {@code DenseKernels}. */
record KernelsWriter(Names names, InterfacePlan plan, Target target) {
  /** The indentation of statements in a nested class. */
  private static final int INDENT = 6;

  TypeSpec write() {
    ClassName source = plan.source().name();
    TypeSpec.Builder type =
        names
            .complete(TypeSpec.classBuilder(names.kernelsClass()))
            .addModifiers(Modifier.FINAL)
            .addJavadoc("Creates implementations of {@link $T}.\n", source);
    for (KernelPlan kernel : plan.kernels()) {
      type.addField(
          FieldSpec.builder(Kernel.class, names.constant(kernel.method()))
              .addModifiers(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
              .initializer(ProgramLiteral.kernel(names, kernel))
              .build());
    }
    type.addField(allKernels())
        .addMethod(MethodSpec.constructorBuilder().addModifiers(Modifier.PRIVATE).build())
        .addMethod(
            entry("sync", source, names.syncClass())
                .addJavadoc(
                    "Returns the kernels on $L. Each call waits for its result.\n",
                    target.description())
                .build())
        .addMethod(
            entry("async", names.asyncInterface(), names.asyncClass())
                .addJavadoc(
                    "Returns the kernels on $L. Each call returns a promise.\n",
                    target.description())
                .build())
        .addMethod(prepare())
        .addMethod(metadata());
    new RecordsWriter(plan).addTo(type);
    type.addType(implementation(names.syncClass(), source, this::sync))
        .addType(implementation(names.asyncClass(), names.asyncInterface(), this::async));
    if (plan.isOnSeveralDevices()) {
      new InputsWriter(names, plan).addTo(type);
    }
    return type.build();
  }

  private FieldSpec allKernels() {
    String constants =
        plan.kernels().stream()
            .map(kernel -> names.constant(kernel.method()))
            .collect(Collectors.joining(", "));
    return FieldSpec.builder(KernelSet.class, names.allKernels())
        .addModifiers(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
        .initializer("$T.of($L)", KernelSet.class, constants)
        .build();
  }

  private MethodSpec.Builder entry(String name, TypeName type, String implementation) {
    return MethodSpec.methodBuilder(name)
        .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
        .returns(type)
        .addParameter(target.device(), target.parameter())
        .addStatement("return new $L($L)", implementation, target.parameter());
  }

  private MethodSpec prepare() {
    return MethodSpec.methodBuilder("prepare")
        .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
        .addJavadoc("Starts compiling all kernels for $L, in parallel.\n", target.description())
        .returns(Target.PROMISE_OF_NOTHING)
        .addParameter(target.device(), target.parameter())
        .addStatement("return $L.prepare($L)", names.allKernels(), target.parameter())
        .build();
  }

  private MethodSpec metadata() {
    return MethodSpec.methodBuilder("metadata")
        .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
        .addJavadoc("Returns the metadata of each kernel.\n")
        .returns(ParameterizedTypeName.get(List.class, KernelMetadata.class))
        .addStatement("return $L.metadata()", names.allKernels())
        .build();
  }

  private TypeSpec implementation(
      String name, TypeName implemented, Function<KernelMethod, MethodSpec> methods) {
    MethodSpec.Builder constructor =
        MethodSpec.constructorBuilder().addParameter(target.device(), target.parameter());
    TypeSpec.Builder type =
        TypeSpec.classBuilder(name)
            .addModifiers(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
            .addSuperinterface(implemented);
    for (KernelPlan kernel : plan.kernels()) {
      KernelMethod method = kernel.method();
      type.addField(BoundKernel.class, method.name(), Modifier.PRIVATE, Modifier.FINAL);
      constructor.addStatement(
          "this.$L = $L.on($L)", method.name(), names.constant(method), target.parameter());
    }
    type.addMethod(constructor.build());
    for (KernelPlan kernel : plan.kernels()) {
      type.addMethod(methods.apply(kernel.method()));
    }
    return type.build();
  }

  private MethodSpec sync(KernelMethod kernel) {
    MethodSpec.Builder method = Names.implementation(kernel);
    if (kernel.result().isEmpty()) {
      return method.addCode(start(CodeBlock.of(""), kernel, ".complete().value()")).build();
    }
    return method
        .returns(kernel.result().get().type())
        .addCode(returned(kernel, target.bufferMethod(), ".value()"))
        .build();
  }

  private MethodSpec async(KernelMethod kernel) {
    return Names.implementation(kernel)
        .returns(AsyncWriter.promiseOf(names, target, kernel))
        .addCode(returned(kernel, target.promiseMethod(), ""))
        .build();
  }

  /**
   * Returns the statement that starts a kernel and returns its result.
   *
   * @param ofTensor the method that returns a tensor result
   * @param ofRecord the code after the promise of a record
   */
  private CodeBlock returned(KernelMethod kernel, String ofTensor, String ofRecord) {
    Structure result = kernel.result().orElse(null);
    if (result instanceof Structure.Group group) {
      CodeBlock head = CodeBlock.of("return new $T(", names.promise(group));
      return start(head, kernel, ", 0)" + ofRecord);
    }
    String tail = result == null ? ".complete()" : "." + ofTensor + "(0)";
    return start(CodeBlock.of("return "), kernel, tail);
  }

  /** Returns the statement that starts a kernel, with the code around the call. */
  private static CodeBlock start(CodeBlock head, KernelMethod kernel, String tail) {
    boolean hidden =
        kernel.parameters().stream().anyMatch(parameter -> parameter.name().equals(kernel.name()));
    String call = "%s%s.start(".formatted(hidden ? "this." : "", kernel.name());
    List<CodeBlock> arguments =
        kernel.parameters().stream()
            .flatMap(parameter -> accessors(parameter.name(), parameter.structure()).stream())
            .map(accessor -> CodeBlock.of("$L", accessor))
            .toList();
    int used =
        INDENT + SourceFormatter.length(head) + call.length() + ")".length() + tail.length() + 1;
    return CodeBlock.of(
        "$L$L$L)$L;\n", head, call, SourceFormatter.arguments(used, arguments), tail);
  }

  private static List<String> accessors(String expression, Structure structure) {
    return switch (structure) {
      case Structure.Leaf leaf -> List.of(expression);
      case Structure.Group group ->
          group.components().stream()
              .flatMap(
                  component ->
                      accessors(expression + "." + component.name() + "()", component.structure())
                          .stream())
              .toList();
    };
  }
}
