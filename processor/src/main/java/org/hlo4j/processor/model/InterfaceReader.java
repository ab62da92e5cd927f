package org.hlo4j.processor.model;

import com.google.auto.common.GeneratedAnnotations;
import com.google.auto.common.MoreElements;
import com.google.auto.common.MoreTypes;
import com.google.auto.common.Visibility;
import com.palantir.javapoet.ClassName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;
import org.hlo4j.annotation.Kernel;
import org.hlo4j.annotation.Pipeline;
import org.hlo4j.processor.message.Message;
import org.hlo4j.processor.message.Place;
import org.hlo4j.processor.message.Report;
import org.hlo4j.processor.read.ProgramFinder;

/** Reads an interface with {@code @Kernels} from javac's model. */
public record InterfaceReader(
    Elements elements, Types types, TensorTypes tensorTypes, ProgramFinder finder) {
  /**
   * Returns whether all types used by the kernels of an interface exist, since other processors may
   * generate some. Types generated from the interface itself are not awaited: {@link #read} reports
   * them.
   */
  public boolean canRead(TypeElement type) {
    Readiness readiness = new Readiness(type);
    if (!Readiness.hasSupertypes(type)) {
      return readiness.ownSupertype(type).isPresent();
    }
    List<ExecutableElement> methods = kernelMethods(type);
    return Readiness.isComplete(MentionedTypes.of(type, methods), methods)
        || methods.stream().anyMatch(method -> readiness.ownType(type, method).isPresent());
  }

  /** Reads an interface; empty if it has errors, which are reported. */
  public Optional<KernelInterface> read(TypeElement type, Report report) {
    if (Readiness.hasSupertypes(type)) {
      checkInterface(type, report);
    } else {
      checkSupertypes(type, report);
    }
    if (report.hasErrors()) {
      return Optional.empty();
    }
    List<ExecutableElement> methods = kernelMethods(type);
    KernelReader kernelReader = new KernelReader(elements, tensorTypes, finder, type, report);
    checkOwnTypes(type, methods, kernelReader, report);
    if (report.hasErrors()) {
      return Optional.empty();
    }
    List<KernelMethod> kernels = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (ExecutableElement method : methods) {
      String name = method.getSimpleName().toString();
      if (names.add(name)) {
        kernelReader.read(method).ifPresent(kernels::add);
      } else {
        report.add(Message.OVERLOADED.at(kernelReader.placeOf(method), type.getSimpleName(), name));
      }
    }
    if (report.hasErrors()) {
      return Optional.empty();
    }
    MentionedTypes mentioned = MentionedTypes.of(type, methods);
    return Optional.of(
        new KernelInterface(
            ClassName.get(type),
            Visibility.effectiveVisibilityOfElement(type) == Visibility.PUBLIC,
            kernels,
            mentioned.simpleNames(),
            fieldNames(type),
            mentioned.isAnyDeprecated(elements),
            generatedAnnotation(type),
            type));
  }

  /** The annotation may be visible to another module only. */
  private Optional<ClassName> generatedAnnotation(TypeElement type) {
    return GeneratedAnnotations.generatedAnnotation(elements, SourceVersion.latestSupported())
        .map(TypeElement::getQualifiedName)
        .map(name -> elements.getTypeElement(elements.getModuleOf(type), name))
        .map(ClassName::get);
  }

  private static void checkInterface(TypeElement type, Report report) {
    Place place = Place.of(type);
    if (type.getKind() != ElementKind.INTERFACE) {
      report.add(Message.NOT_AN_INTERFACE.at(place, type.getSimpleName()));
      return;
    }
    if (type.getModifiers().contains(Modifier.SEALED)) {
      report.add(Message.SEALED.at(place, type.getSimpleName()));
    }
    if (Visibility.effectiveVisibilityOfElement(type) == Visibility.PRIVATE) {
      report.add(
          Message.HIDDEN_TYPE.at(
              place, type.getSimpleName(), StructureReader.nameOf(MoreElements.getPackage(type))));
    }
    genericAmong(type)
        .ifPresent(generic -> report.add(Message.GENERIC.at(place, generic.getSimpleName())));
  }

  private static void checkSupertypes(TypeElement type, Report report) {
    Optional<String> own = new Readiness(type).ownSupertype(type);
    String name = type.getSimpleName().toString();
    own.ifPresent(known -> report.add(Message.OWN_TYPE.at(Place.of(type), name, known, name)));
  }

  private static void checkOwnTypes(
      TypeElement type, List<ExecutableElement> methods, KernelReader places, Report report) {
    Readiness readiness = new Readiness(type);
    for (ExecutableElement method : methods) {
      Optional<String> own = readiness.ownType(type, method);
      if (own.isPresent()) {
        report.add(
            Message.OWN_TYPE.at(
                places.placeOf(method), method.getSimpleName(), own.get(), type.getSimpleName()));
      }
    }
  }

  /** Returns the interface or a superinterface, if one has type parameters. */
  private static Optional<TypeElement> genericAmong(TypeElement type) {
    return type.getTypeParameters().isEmpty()
        ? type.getInterfaces().stream()
            .flatMap(inherited -> genericAmong(MoreTypes.asTypeElement(inherited)).stream())
            .findFirst()
        : Optional.of(type);
  }

  /** Returns the abstract methods, without those of {@link Object}. */
  private List<ExecutableElement> kernelMethods(TypeElement type) {
    return MoreElements.getLocalAndInheritedMethods(type, types, elements).stream()
        .filter(method -> method.getModifiers().contains(Modifier.ABSTRACT))
        .filter(
            method ->
                MoreElements.isAnnotationPresent(method, Kernel.class)
                    || MoreElements.isAnnotationPresent(method, Pipeline.class)
                    || !repeatsObject(method))
        .toList();
  }

  private boolean repeatsObject(ExecutableElement method) {
    TypeElement object = elements.getTypeElement(Object.class.getName());
    return ElementFilter.methodsIn(object.getEnclosedElements()).stream()
        .anyMatch(
            inherited ->
                inherited.getSimpleName().equals(method.getSimpleName())
                    && inherited.getModifiers().contains(Modifier.PUBLIC)
                    && types.isSubsignature(
                        MoreTypes.asExecutable(method.asType()),
                        MoreTypes.asExecutable(inherited.asType())));
  }

  private Set<String> fieldNames(TypeElement type) {
    return ElementFilter.fieldsIn(elements.getAllMembers(type)).stream()
        .map(field -> field.getSimpleName().toString())
        .collect(Collectors.toSet());
  }
}
