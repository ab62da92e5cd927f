package org.hlo4j.processor.write;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.NameAllocator;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.TypeSpec;
import java.util.Locale;
import java.util.Set;
import javax.lang.model.element.Modifier;
import org.hlo4j.processor.model.KernelInterface;
import org.hlo4j.processor.model.KernelMethod;
import org.hlo4j.processor.model.Parameter;
import org.hlo4j.processor.model.Structure;

/** The names of what is generated for an interface. */
final class Names {
  private static final String PROCESSOR = "org.hlo4j.processor.KernelProcessor";

  /** What a promise of a record has already. */
  private static final Set<String> TAKEN_BY_PROMISES =
      Set.of(
          "value",
          "isReady",
          "onReady",
          "toCompletableFuture",
          "whole",
          "promise",
          "buffer",
          "nested",
          "inFlight",
          "toString",
          "hashCode");

  private final KernelInterface source;
  private final NameAllocator constants = new NameAllocator();
  private final NameAllocator promises = new NameAllocator();

  Names(KernelInterface source) {
    this.source = source;
    constants.newName("KERNELS", Names.class);
    for (KernelMethod kernel : source.kernels()) {
      String upper = kernel.name().replaceAll("([a-z0-9])([A-Z])", "$1_$2");
      constants.newName(upper.toUpperCase(Locale.ROOT), kernel);
      kernel.result().ifPresent(this::allocatePromises);
    }
  }

  private void allocatePromises(Structure structure) {
    if (structure instanceof Structure.Group group) {
      try {
        promises.get(group.type());
      } catch (IllegalArgumentException unknown) {
        promises.newName(group.type().simpleName() + "Promise", group.type());
      }
      group.components().forEach(component -> allocatePromises(component.structure()));
    }
  }

  /** {@code DenseKernels}: nested interfaces get their outer names in front. */
  ClassName kernelsClass() {
    return sibling("Kernels");
  }

  /** {@code DenseAsync}. */
  ClassName asyncInterface() {
    return sibling("Async");
  }

  private ClassName sibling(String suffix) {
    ClassName name = source.name();
    return ClassName.get(name.packageName(), String.join("_", name.simpleNames()) + suffix);
  }

  /** The constant that holds a kernel. */
  String constant(KernelMethod kernel) {
    return constants.get(kernel);
  }

  /** The constant that holds all kernels. */
  String allKernels() {
    return constants.get(Names.class);
  }

  /** The class that promises a record. */
  ClassName promise(Structure.Group group) {
    return asyncInterface().nestedClass(promises.get(group.type()));
  }

  /** The accessor of a component's promise. */
  static String promiseAccessor(String component) {
    return TAKEN_BY_PROMISES.contains(component) ? component + "Promise" : component;
  }

  /** Makes a type as visible as the interface is, and says where it comes from. */
  TypeSpec.Builder complete(TypeSpec.Builder type) {
    source
        .generatedAnnotation()
        .ifPresent(
            annotation ->
                type.addAnnotation(
                    AnnotationSpec.builder(annotation)
                        .addMember("value", "$S", PROCESSOR)
                        .build()));
    if (source.isPublic()) {
      type.addModifiers(Modifier.PUBLIC);
    }
    return type.addOriginatingElement(source.element());
  }

  /** A method with a kernel's name and parameters. */
  static MethodSpec.Builder method(KernelMethod kernel) {
    MethodSpec.Builder method =
        MethodSpec.methodBuilder(kernel.name()).addModifiers(Modifier.PUBLIC);
    for (Parameter parameter : kernel.parameters()) {
      method.addParameter(
          ParameterSpec.builder(parameter.structure().type(), parameter.name()).build());
    }
    return method;
  }
}
