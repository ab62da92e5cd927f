package org.hlo4j.processor.model;

import com.google.auto.common.MoreElements;
import com.google.auto.common.MoreTypes;
import com.google.auto.common.SuperficialValidation;
import com.palantir.javapoet.ClassName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeKind;
import org.hlo4j.annotation.Kernel;

/**
 * Whether the types used by the kernels of an interface exist. Its other methods, nested types and
 * constants are ignored: they may use types generated from it.
 */
final class Readiness {
  private final Set<String> generated;

  Readiness(TypeElement type) {
    this.generated =
        GeneratedNames.all(ClassName.get(type)).stream()
            .map(ClassName::simpleName)
            .collect(Collectors.toSet());
  }

  /** Returns whether all direct and indirect superinterfaces of a type exist. */
  static boolean hasSupertypes(TypeElement type) {
    return type.getInterfaces().stream()
        .allMatch(
            inherited ->
                inherited.getKind() == TypeKind.DECLARED
                    && hasSupertypes(MoreTypes.asTypeElement(inherited)));
  }

  /** Returns whether all parts of the methods and the types that they use exist. */
  static boolean isComplete(MentionedTypes mentioned, List<ExecutableElement> methods) {
    return mentioned.unresolved().isEmpty()
        && mentioned.all().allMatch(Readiness::hasSupertypes)
        && methods.stream().allMatch(Readiness::isComplete);
  }

  /** Other annotations may use generated types as well. */
  private static boolean isComplete(ExecutableElement method) {
    return SuperficialValidation.validateType(method.asType())
        && Stream.concat(Stream.of(method), method.getParameters().stream())
            .flatMap(element -> element.getAnnotationMirrors().stream())
            .filter(Readiness::isOurs)
            .flatMap(annotation -> annotation.getElementValues().entrySet().stream())
            .allMatch(member -> hasItsType(member.getKey(), member.getValue()));
  }

  private static boolean isOurs(AnnotationMirror annotation) {
    return MoreElements.getPackage(annotation.getAnnotationType().asElement())
        .getQualifiedName()
        .contentEquals(Kernel.class.getPackageName());
  }

  /** javac keeps values of wrong types, and reports them later. */
  private static boolean hasItsType(ExecutableElement member, AnnotationValue value) {
    return switch (member.getReturnType().getKind()) {
      case INT -> value.getValue() instanceof Integer;
      case ARRAY ->
          value.getValue() instanceof List<?> texts
              && texts.stream()
                  .map(text -> ((AnnotationValue) text).getValue())
                  .allMatch(String.class::isInstance);
      default -> value.getValue() instanceof String;
    };
  }

  /** Returns the first superinterface that is generated from the interface, if any. */
  Optional<String> ownSupertype(TypeElement type) {
    List<String> missing = new ArrayList<>();
    type.getInterfaces().forEach(inherited -> MentionedTypes.addUnresolved(inherited, missing));
    return own(missing);
  }

  /**
   * Returns the first type in a method's signature that is generated from the interface, if any.
   */
  Optional<String> ownType(TypeElement type, ExecutableElement method) {
    return own(MentionedTypes.of(type, List.of(method)).unresolved());
  }

  private Optional<String> own(List<String> missing) {
    return missing.stream().filter(generated::contains).findFirst();
  }
}
