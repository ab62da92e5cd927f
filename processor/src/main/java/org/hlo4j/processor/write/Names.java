package org.hlo4j.processor.write;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.NameAllocator;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.TypeSpec;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.lang.model.element.Modifier;
import org.hlo4j.annotation.Donated;
import org.hlo4j.processor.model.GeneratedNames;
import org.hlo4j.processor.model.KernelInterface;
import org.hlo4j.processor.model.KernelMethod;
import org.hlo4j.processor.model.Parameter;
import org.hlo4j.processor.model.Structure;

/** The names of the types generated for an interface. */
final class Names {
  private static final String PROCESSOR = "org.hlo4j.processor.KernelProcessor";

  /** The inherited methods of a record promise. */
  private static final Set<String> TAKEN_BY_PROMISES =
      Set.of(
          "value",
          "isReady",
          "onReady",
          "toCompletableFuture",
          "whole",
          "promise",
          "buffer",
          "shardedPromise",
          "shardedBuffer",
          "nested",
          "inFlight",
          "toString",
          "hashCode");

  private final KernelInterface source;
  private final NameAllocator constants = new NameAllocator();
  private final NameAllocator promises = new NameAllocator();
  private final NameAllocator implementations = new NameAllocator();

  Names(KernelInterface source) {
    this.source = source;
    constants.newName("KERNELS", Names.class);
    promises.newName("BufferPromise");
    promises.newName("RecordPromise");
    promises.newName("ShardedPromise");
    source.typeNames().forEach(promises::newName);
    source.typeNames().forEach(implementations::newName);
    implementations.newName("Sync", "sync");
    implementations.newName("Async", "async");
    implementations.newName("Inputs", "inputs");
    for (KernelMethod kernel : source.kernels()) {
      constants.newName(constantFor(kernel), kernel);
      implementations.newName(inputsOf(kernel), kernel);
      kernel.result().ifPresent(this::allocatePromises);
    }
  }

  /** Returns a unique name: in the implementation, inherited constants and fields hide others. */
  private String constantFor(KernelMethod kernel) {
    String words = kernel.name().replaceAll("([a-z0-9])([A-Z])", "$1_$2");
    String constant = words.toUpperCase(Locale.ROOT);
    boolean hidden =
        source.fieldNames().contains(constant)
            || source.kernels().stream().anyMatch(other -> other.name().equals(constant));
    return hidden ? constant + "_KERNEL" : constant;
  }

  private static String inputsOf(KernelMethod kernel) {
    String name = kernel.name();
    return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1) + "Inputs";
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

  ClassName kernelsClass() {
    return GeneratedNames.kernelsClass(source.name());
  }

  ClassName asyncInterface() {
    return GeneratedNames.asyncInterface(source.name());
  }

  String constant(KernelMethod kernel) {
    return constants.get(kernel);
  }

  String allKernels() {
    return constants.get(Names.class);
  }

  ClassName promise(Structure.Group group) {
    return asyncInterface().nestedClass(promises.get(group.type()));
  }

  String syncClass() {
    return implementations.get("sync");
  }

  String asyncClass() {
    return implementations.get("async");
  }

  String inputsClass() {
    return implementations.get("inputs");
  }

  String inputsClass(KernelMethod kernel) {
    return implementations.get(kernel);
  }

  /** Returns the accessors of a record's components in its promise, in order. */
  static List<String> promiseAccessors(Structure.Group group) {
    NameAllocator accessors = new NameAllocator();
    TAKEN_BY_PROMISES.forEach(accessors::newName);
    List<String> names = group.components().stream().map(Structure.Component::name).toList();
    names.stream()
        .filter(name -> !TAKEN_BY_PROMISES.contains(name))
        .forEach(name -> accessors.newName(name, name));
    names.stream()
        .filter(TAKEN_BY_PROMISES::contains)
        .forEach(name -> accessors.newName(name + "Promise", name));
    return names.stream().map(accessors::get).toList();
  }

  /**
   * Gives a type the interface's visibility and its origin. Names of the interface's members, which
   * the implementation inherits, are qualified.
   */
  TypeSpec.Builder complete(TypeSpec.Builder type) {
    if (source.generatedAnnotation().isPresent()) {
      type.addAnnotation(
          AnnotationSpec.builder(source.generatedAnnotation().get())
              .addMember("value", "$S", PROCESSOR)
              .build());
    }
    if (source.mentionsDeprecated()) {
      type.addAnnotation(
          AnnotationSpec.builder(SuppressWarnings.class)
              .addMember("value", "{$S, $S}", "deprecation", "removal")
              .build());
    }
    if (source.isPublic()) {
      type.addModifiers(Modifier.PUBLIC);
    }
    return type.avoidClashesWithNestedClasses(source.element());
  }

  /** Returns a method with a kernel's name and parameters, including {@code @Donated}. */
  static MethodSpec.Builder declaration(KernelMethod kernel) {
    MethodSpec.Builder method = named(kernel);
    for (Parameter parameter : kernel.parameters()) {
      ParameterSpec.Builder spec = spec(parameter);
      if (parameter.donated()) {
        spec.addAnnotation(Donated.class);
      }
      method.addParameter(spec.build());
    }
    return method;
  }

  /** Returns a method that implements a kernel's. */
  static MethodSpec.Builder implementation(KernelMethod kernel) {
    MethodSpec.Builder method = named(kernel).addAnnotation(Override.class);
    kernel.parameters().forEach(parameter -> method.addParameter(spec(parameter).build()));
    return method;
  }

  private static MethodSpec.Builder named(KernelMethod kernel) {
    return MethodSpec.methodBuilder(kernel.name()).addModifiers(Modifier.PUBLIC);
  }

  private static ParameterSpec.Builder spec(Parameter parameter) {
    return ParameterSpec.builder(parameter.structure().type(), parameter.name());
  }
}
