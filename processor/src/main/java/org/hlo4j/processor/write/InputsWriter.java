package org.hlo4j.processor.write;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.NameAllocator;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeSpec;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import org.hlo4j.DeviceGroup;
import org.hlo4j.ShardedInput;
import org.hlo4j.generated.BoundKernel;
import org.hlo4j.processor.model.KernelMethod;
import org.hlo4j.processor.model.Structure.Leaf;
import org.hlo4j.processor.plan.InterfacePlan;
import org.hlo4j.processor.plan.KernelPlan;

/**
 * Writes the accessors of inputs of kernels on several devices: {@code
 * DenseKernels.inputs(group).fma().x()}.
 */
record InputsWriter(Names names, InterfacePlan plan) {
  private static final Pattern DOT = Pattern.compile("\\.(\\p{javaLowerCase})");

  /** The methods of {@link Object}. */
  private static final List<String> OF_OBJECT =
      List.of(
          "clone", "finalize", "getClass", "hashCode", "notify", "notifyAll", "toString", "wait");

  void addTo(TypeSpec.Builder type) {
    List<KernelMethod> kernels =
        plan.kernels().stream()
            .map(KernelPlan::method)
            .filter(kernel -> !kernel.inputs().isEmpty())
            .toList();
    type.addMethod(
        MethodSpec.methodBuilder("inputs")
            .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
            .addJavadoc(
                "Returns the inputs of the kernels, which shard data across a group of devices.\n")
            .returns(ClassName.get("", names.inputsClass()))
            .addParameter(DeviceGroup.class, "group")
            .addStatement("return new $L(group)", names.inputsClass())
            .build());
    type.addType(all(kernels));
    kernels.forEach(kernel -> type.addType(ofKernel(kernel)));
  }

  private TypeSpec all(List<KernelMethod> kernels) {
    TypeSpec.Builder type =
        holder(names.inputsClass(), DeviceGroup.class, "group")
            .addJavadoc("The inputs of each kernel on a group of devices.\n");
    List<String> accessors = accessors(kernels.stream().map(KernelMethod::name));
    for (int i = 0; i < kernels.size(); i++) {
      KernelMethod kernel = kernels.get(i);
      String inputs = names.inputsClass(kernel);
      type.addMethod(
          MethodSpec.methodBuilder(accessors.get(i))
              .addModifiers(Modifier.PUBLIC)
              .addJavadoc(
                  "Returns the inputs of {@link $T#$L}.\n", plan.source().name(), kernel.name())
              .returns(ClassName.get("", inputs))
              .addStatement("return new $L($L.on(group))", inputs, names.constant(kernel))
              .build());
    }
    return type.build();
  }

  private TypeSpec ofKernel(KernelMethod kernel) {
    TypeSpec.Builder type =
        holder(names.inputsClass(kernel), BoundKernel.class, "kernel")
            .addJavadoc("The inputs of {@link $T#$L}.\n", plan.source().name(), kernel.name());
    List<Leaf> inputs = kernel.inputs();
    List<String> accessors =
        accessors(inputs.stream().map(Leaf::path).map(InputsWriter::inOneWord));
    for (int i = 0; i < inputs.size(); i++) {
      type.addMethod(
          MethodSpec.methodBuilder(accessors.get(i))
              .addModifiers(Modifier.PUBLIC)
              .addJavadoc("Returns the input {@code $L}.\n", inputs.get(i).path())
              .returns(
                  ParameterizedTypeName.get(
                      ClassName.get(ShardedInput.class), inputs.get(i).tensorType()))
              .addStatement("return kernel.input($L)", i)
              .build());
    }
    return type.build();
  }

  private static TypeSpec.Builder holder(String name, Class<?> held, String field) {
    return TypeSpec.classBuilder(name)
        .addModifiers(Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
        .addField(held, field, Modifier.PRIVATE, Modifier.FINAL)
        .addMethod(
            MethodSpec.constructorBuilder()
                .addModifiers(Modifier.PRIVATE)
                .addParameter(held, field)
                .addStatement("this.$L = $L", field, field)
                .build());
  }

  private static List<String> accessors(Stream<String> wanted) {
    NameAllocator allocator = new NameAllocator();
    OF_OBJECT.forEach(allocator::newName);
    return wanted.map(allocator::newName).toList();
  }

  /** Returns {@code paramsW1} for {@code params.w1}. */
  private static String inOneWord(String path) {
    return DOT.matcher(path)
        .replaceAll(match -> match.group(1).toUpperCase(Locale.ROOT))
        .replace('.', '_');
  }
}
