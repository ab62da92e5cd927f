package org.hlo4j.processor.model;

import com.google.auto.common.MoreElements;
import com.google.auto.common.MoreTypes;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.RecordComponentElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;

/** The types that an interface of kernels uses, including those in records. */
final class MentionedTypes {
  private final Set<TypeElement> types = new LinkedHashSet<>();
  private final List<String> unresolved = new ArrayList<>();

  /** Returns the types that the methods of an interface use, and the interface. */
  static MentionedTypes of(TypeElement type, Iterable<ExecutableElement> methods) {
    MentionedTypes mentioned = new MentionedTypes();
    mentioned.types.add(type);
    mentioned.addInterfaces(type);
    for (ExecutableElement method : methods) {
      mentioned.add(method.getReturnType());
      for (VariableElement parameter : method.getParameters()) {
        mentioned.add(parameter.asType());
      }
    }
    return mentioned;
  }

  private void addInterfaces(TypeElement type) {
    for (TypeMirror inherited : type.getInterfaces()) {
      add(inherited);
      if (inherited.getKind() == TypeKind.DECLARED) {
        addInterfaces(MoreTypes.asTypeElement(inherited));
      }
    }
  }

  private void add(TypeMirror type) {
    addUnresolved(type, unresolved);
    if (type.getKind() != TypeKind.DECLARED) {
      return;
    }
    DeclaredType declared = MoreTypes.asDeclared(type);
    declared.getTypeArguments().forEach(this::add);
    TypeElement element = MoreElements.asType(declared.asElement());
    if (types.add(element) && element.getKind() == ElementKind.RECORD) {
      for (RecordComponentElement component : element.getRecordComponents()) {
        add(component.asType());
      }
    }
  }

  /** Adds the simple name of a type that does not exist. */
  static void addUnresolved(TypeMirror type, List<String> names) {
    if (type.getKind() == TypeKind.ERROR) {
      names.add(((DeclaredType) type).asElement().getSimpleName().toString());
    }
  }

  /** Returns the names of missing types, which another processor may generate. */
  List<String> unresolved() {
    return List.copyOf(unresolved);
  }

  /** Returns the existing types. */
  Stream<TypeElement> all() {
    return types.stream();
  }

  /** Returns their names, without packages and enclosing types. */
  Set<String> simpleNames() {
    return types.stream().map(type -> type.getSimpleName().toString()).collect(Collectors.toSet());
  }

  /** Returns whether the use of any gives a deprecation warning. */
  boolean isAnyDeprecated(Elements elements) {
    return types.stream().anyMatch(type -> isDeprecated(elements, type));
  }

  private static boolean isDeprecated(Elements elements, TypeElement type) {
    for (Element outer = type; outer instanceof TypeElement; outer = outer.getEnclosingElement()) {
      if (elements.isDeprecated(outer)) {
        return true;
      }
    }
    return type.getEnclosedElements().stream().anyMatch(elements::isDeprecated);
  }
}
