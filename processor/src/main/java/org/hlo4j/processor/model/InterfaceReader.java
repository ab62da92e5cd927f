package org.hlo4j.processor.model;

import com.google.auto.common.GeneratedAnnotations;
import com.google.auto.common.MoreElements;
import com.google.common.collect.ImmutableSet;
import com.palantir.javapoet.ClassName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;
import org.hlo4j.annotation.Donated;
import org.hlo4j.annotation.Kernel;
import org.hlo4j.processor.message.Message;
import org.hlo4j.processor.message.Place;
import org.hlo4j.processor.message.Report;
import org.hlo4j.processor.read.ProgramFinder;

/** Reads an interface with {@code @Kernels}: javac's model ends here. */
public final class InterfaceReader {
  private final Elements elements;
  private final Types types;
  private final TensorTypes tensorTypes;
  private final ProgramFinder finder;

  /** A reader in one compilation. */
  public InterfaceReader(
      Elements elements, Types types, TensorTypes tensorTypes, ProgramFinder finder) {
    this.elements = elements;
    this.types = types;
    this.tensorTypes = tensorTypes;
    this.finder = finder;
  }

  /** Reads an interface; nothing if anything about it is wrong, which is then reported. */
  public Optional<KernelInterface> read(TypeElement type, Report report) {
    if (type.getKind() != ElementKind.INTERFACE) {
      report.add(Message.NOT_AN_INTERFACE.at(Place.of(type), type.getSimpleName()));
      return Optional.empty();
    }
    if (isGeneric(type)) {
      report.add(Message.GENERIC.at(Place.of(type), type.getSimpleName()));
      return Optional.empty();
    }
    List<KernelMethod> kernels = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (ExecutableElement method : abstractMethods(type)) {
      String name = method.getSimpleName().toString();
      if (!names.add(name)) {
        report.add(Message.OVERLOADED.at(Place.of(method), type.getSimpleName(), name));
        continue;
      }
      readKernel(type, method, report).ifPresent(kernels::add);
    }
    if (!report.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new KernelInterface(
            ClassName.get(type),
            isPublic(type),
            kernels,
            GeneratedAnnotations.generatedAnnotation(elements, SourceVersion.latestSupported())
                .map(ClassName::get),
            type));
  }

  private boolean isGeneric(TypeElement type) {
    if (!type.getTypeParameters().isEmpty()) {
      return true;
    }
    for (TypeMirror supertype : type.getInterfaces()) {
      if (isGeneric(MoreElements.asType(types.asElement(supertype)))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isPublic(TypeElement type) {
    for (Element outer = type; outer instanceof TypeElement; outer = outer.getEnclosingElement()) {
      if (!outer.getModifiers().contains(Modifier.PUBLIC)) {
        return false;
      }
    }
    return true;
  }

  private ImmutableSet<ExecutableElement> abstractMethods(TypeElement type) {
    ImmutableSet.Builder<ExecutableElement> methods = ImmutableSet.builder();
    for (ExecutableElement method :
        MoreElements.getLocalAndInheritedMethods(type, types, elements)) {
      if (method.getModifiers().contains(Modifier.ABSTRACT)) {
        methods.add(method);
      }
    }
    return methods.build();
  }

  private Optional<KernelMethod> readKernel(
      TypeElement type, ExecutableElement method, Report report) {
    Place place = Place.of(method);
    if (!MoreElements.isAnnotationPresent(method, Kernel.class)) {
      report.add(Message.NO_KERNEL.at(place, method.getSimpleName()));
      return Optional.empty();
    }
    if (!method.getTypeParameters().isEmpty()) {
      report.add(Message.GENERIC.at(place, method.getSimpleName()));
      return Optional.empty();
    }
    if (isObjectMethod(method)) {
      report.add(Message.OBJECT_METHOD.at(place, method));
      return Optional.empty();
    }
    ProgramReader programs = new ProgramReader(finder, report);
    String packageName = elements.getPackageOf(method).getQualifiedName().toString();
    Optional<KernelProgram> program = programs.read(method, packageName);
    List<Parameter> parameters = new ArrayList<>();
    for (VariableElement parameter : method.getParameters()) {
      readParameter(parameter, report).ifPresent(parameters::add);
    }
    Optional<Structure> result = readResult(method, report);
    if (program.isEmpty()
        || parameters.size() != method.getParameters().size()
        || (result.isEmpty() && method.getReturnType().getKind() != TypeKind.VOID)) {
      return Optional.empty();
    }
    String javadoc = elements.getDocComment(method);
    return Optional.of(
        new KernelMethod(
            method.getSimpleName().toString(),
            type.getQualifiedName() + "." + method.getSimpleName(),
            javadoc == null ? "" : javadoc.strip(),
            parameters,
            result,
            program.get(),
            place,
            ProgramReader.placeOf(method)));
  }

  private boolean isObjectMethod(ExecutableElement method) {
    TypeElement object = elements.getTypeElement("java.lang.Object");
    return object.getEnclosedElements().stream()
        .anyMatch(
            inherited ->
                inherited.getSimpleName().equals(method.getSimpleName())
                    && inherited instanceof ExecutableElement executable
                    && executable.getParameters().size() == method.getParameters().size());
  }

  private Optional<Parameter> readParameter(VariableElement parameter, Report report) {
    String name = parameter.getSimpleName().toString();
    Place place = Place.of(parameter);
    boolean donated = MoreElements.isAnnotationPresent(parameter, Donated.class);
    return new StructureReader(tensorTypes, report, Message.NOT_A_TENSOR)
        .read(parameter.asType(), name, place)
        .map(structure -> new Parameter(name, structure, donated, place));
  }

  private Optional<Structure> readResult(ExecutableElement method, Report report) {
    TypeMirror type = method.getReturnType();
    if (type.getKind() == TypeKind.VOID) {
      return Optional.empty();
    }
    Place place = Place.of(method);
    if (type.getKind() != TypeKind.DECLARED) {
      report.add(Message.NOT_A_RESULT.at(place, method.getSimpleName(), type));
      return Optional.empty();
    }
    return new StructureReader(tensorTypes, report, Message.NOT_A_RESULT).read(type, "", place);
  }
}
