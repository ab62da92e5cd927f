package org.hlo4j.cli.init;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.lang.model.element.Modifier;
import org.hlo4j.DeviceBuffer;
import org.hlo4j.Ref;
import org.hlo4j.Sharded;
import org.hlo4j.ShardedBuffer;
import org.hlo4j.ShardedRef;
import org.hlo4j.Tensor;
import org.hlo4j.annotation.Donated;
import org.hlo4j.annotation.Kernel;
import org.hlo4j.annotation.Kernels;
import org.hlo4j.annotation.TensorType;
import org.hlo4j.cli.init.InterfaceDesign.KernelDesign.Parameter;
import org.hlo4j.cli.init.JavaType.Component;
import org.hlo4j.cli.init.JavaType.RecordOf;
import org.hlo4j.processor.write.SourceFormatter;
import org.hlo4j.type.Shape;

/** Writes an interface as Java source. */
public record InterfaceSource(InterfaceDesign design, ClassName name) {
  private static final Pattern LOCATION = Pattern.compile(" loc\\(\"[^\"]*\"\\)");

  /** The width of a text block in an annotation, for lines of 100 characters. */
  private static final int SIGNATURE_WIDTH = 88;

  public static String of(InterfaceDesign design) {
    return new InterfaceSource(design, ClassName.get(design.packageName(), design.name())).text();
  }

  private String text() {
    TypeSpec.Builder type =
        TypeSpec.interfaceBuilder(name)
            .addModifiers(Modifier.PUBLIC)
            .addJavadoc(
                design.kernels().size() == 1 ? "The program of $L." : "The programs of $L.",
                String.join(
                    ", ", design.kernels().stream().map(kernel -> kernel.file().name()).toList()))
            .addAnnotation(Kernels.class);
    design.kernels().forEach(kernel -> type.addMethod(method(kernel)));
    design.records().forEach(record -> type.addType(record(record)));
    design.tensorTypes().forEach((simpleName, shape) -> type.addType(tensor(simpleName, shape)));
    return SourceFormatter.format(design.packageName(), type.build());
  }

  private MethodSpec method(InterfaceDesign.KernelDesign kernel) {
    AnnotationSpec.Builder annotation =
        AnnotationSpec.builder(Kernel.class).addMember("resource", "$S", kernel.file().name());
    Optional<String> signature = kernel.file().signature();
    signature.ifPresent(text -> annotation.addMember("signature", textBlock(text)));
    if (!kernel.file().platforms().isEmpty()) {
      annotation.addMember("platforms", "{$L}", quoted(kernel.file().platforms()));
    }
    MethodSpec.Builder method =
        MethodSpec.methodBuilder(kernel.method())
            .addModifiers(Modifier.PUBLIC, Modifier.ABSTRACT)
            .addJavadoc(KernelJavadoc.of(kernel))
            .addAnnotation(annotation.build());
    Optional<JavaType> result = kernel.result();
    result.ifPresent(type -> method.returns(typeName(type, kernel.isSharded(), false, false)));
    kernel.parameters().forEach(parameter -> method.addParameter(parameter(kernel, parameter)));
    return method.build();
  }

  private static CodeBlock quoted(List<String> names) {
    return names.stream().map(name -> CodeBlock.of("$S", name)).collect(CodeBlock.joining(", "));
  }

  /** Removes locations, and writes one input per line, in lines of limited width. */
  private static CodeBlock textBlock(String signature) {
    String plain = LOCATION.matcher(signature).replaceAll("").replace(", %", ",\n %");
    String lines = plain.lines().map(InterfaceSource::folded).collect(Collectors.joining("\n"));
    return CodeBlock.of("$L", "\"\"\"\n" + lines + "\"\"\"");
  }

  /** Folds a line of a text block with backslashes. */
  private static String folded(String line) {
    StringBuilder folded = new StringBuilder();
    String rest = line.replace("\\", "\\\\").replace("\"\"\"", "\\\"\"\"");
    while (rest.length() > SIGNATURE_WIDTH) {
      int space = rest.lastIndexOf(' ', SIGNATURE_WIDTH - 1);
      // Not within an escape.
      int end = space > 0 ? space + 1 : SIGNATURE_WIDTH;
      while (rest.charAt(end - 1) == '\\') {
        end--;
      }
      folded.append(rest, 0, end).append("\\\n");
      rest = rest.substring(end);
    }
    return folded.append(rest).toString();
  }

  private ParameterSpec parameter(InterfaceDesign.KernelDesign kernel, Parameter parameter) {
    ParameterSpec.Builder spec =
        ParameterSpec.builder(
            typeName(parameter.type(), kernel.isSharded(), true, parameter.isRef()),
            parameter.name());
    if (parameter.isDonated()) {
      spec.addAnnotation(Donated.class);
    }
    return spec.build();
  }

  private TypeSpec record(RecordOf record) {
    MethodSpec.Builder components = MethodSpec.constructorBuilder();
    boolean isTaken = design.taken().contains(record);
    for (Component component : record.components()) {
      components.addParameter(
          typeName(component.type(), record.isSharded(), isTaken, record.isOfRefs()),
          component.name());
    }
    TypeSpec.Builder type =
        TypeSpec.recordBuilder(record.name())
            .addJavadoc(KernelJavadoc.of(record))
            .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
            .recordConstructor(components.build());
    if (record.isOfRefs()) {
      twin(record).ifPresent(twin -> type.addMethod(values(record, twin)));
    }
    return type.build();
  }

  /** Returns the record with which other kernels take the values of variables. */
  private Optional<RecordOf> twin(RecordOf refs) {
    return design.records().stream()
        .filter(other -> !other.isOfRefs() && design.taken().contains(other))
        .filter(other -> other.structure().equals(refs.structure()))
        .filter(other -> areTwins(refs.components(), other.components()))
        .max(Comparator.comparing(other -> refs.name().startsWith(other.name())));
  }

  private boolean areTwins(List<Component> refs, List<Component> tensors) {
    return IntStream.range(0, refs.size())
        .allMatch(
            i ->
                !(refs.get(i).type() instanceof RecordOf inner)
                    || twin(inner).filter(tensors.get(i).type()::equals).isPresent());
  }

  private MethodSpec values(RecordOf refs, RecordOf twin) {
    CodeBlock arguments =
        refs.components().stream()
            .map(
                component ->
                    component.type() instanceof RecordOf
                        ? CodeBlock.of("$L.values()", component.name())
                        : CodeBlock.of("$L", component.name()))
            .collect(CodeBlock.joining(", "));
    return MethodSpec.methodBuilder("values")
        .addJavadoc("The variables as arguments of a kernel that reads them.\n")
        .addModifiers(Modifier.PUBLIC)
        .returns(name.nestedClass(twin.name()))
        .addStatement("return new $T($L)", name.nestedClass(twin.name()), arguments)
        .build();
  }

  private TypeSpec tensor(String simpleName, Shape shape) {
    return TypeSpec.interfaceBuilder(simpleName)
        .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
        .addAnnotation(
            AnnotationSpec.builder(TensorType.class)
                .addMember("value", "$S", shape.toString())
                .build())
        .addSuperinterface(shape.elementType().marker())
        .build();
  }

  /**
   * Returns the declared type.
   *
   * @param isTaken whether the tensor is an argument of a kernel
   * @param isRef whether the tensor is a variable
   */
  private TypeName typeName(JavaType type, boolean isSharded, boolean isTaken, boolean isRef) {
    return switch (type) {
      case RecordOf record -> name.nestedClass(record.name());
      case JavaType.TensorOf tensor ->
          ParameterizedTypeName.get(
              holder(isSharded, isTaken, isRef), name.nestedClass(tensor.name()));
    };
  }

  private static ClassName holder(boolean isSharded, boolean isTaken, boolean isRef) {
    if (isRef) {
      return ClassName.get(isSharded ? ShardedRef.class : Ref.class);
    }
    List<Class<?>> holders =
        isSharded
            ? List.of(Sharded.class, ShardedBuffer.class)
            : List.of(Tensor.class, DeviceBuffer.class);
    return ClassName.get(holders.get(isTaken ? 0 : 1));
  }
}
