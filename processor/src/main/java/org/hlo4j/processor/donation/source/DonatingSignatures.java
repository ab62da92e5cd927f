package org.hlo4j.processor.donation.source;

import com.google.auto.common.MoreElements;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;
import org.hlo4j.annotation.Donated;
import org.hlo4j.annotation.Kernels;

/** Reads the declared donations of methods, each method once. */
public final class DonatingSignatures {
  private final Elements elements;
  private final Types types;
  private final Map<ExecutableElement, Signature> known = new HashMap<>();

  /** Creates a reader for one compilation. */
  public DonatingSignatures(Elements elements, Types types) {
    this.elements = elements;
    this.types = types;
  }

  /**
   * The effect of a method on its arguments.
   *
   * @param donated the indices of the donated parameters
   * @param kernel whether it is known to use each tensor in its record arguments
   */
  public record Signature(Set<Integer> donated, boolean kernel) {}

  /** Returns the signature of a constructor or method, including declarations that it overrides. */
  public Signature of(ExecutableElement method) {
    return known.computeIfAbsent(method, this::read);
  }

  private Signature read(ExecutableElement method) {
    Set<Integer> donated = new TreeSet<>();
    boolean kernel = false;
    for (ExecutableElement declaration : declarations(method)) {
      kernel |= MoreElements.isAnnotationPresent(declaration.getEnclosingElement(), Kernels.class);
      List<? extends VariableElement> parameters = declaration.getParameters();
      for (int i = 0; i < parameters.size(); i++) {
        if (MoreElements.isAnnotationPresent(parameters.get(i), Donated.class)) {
          donated.add(i);
        }
      }
    }
    return new Signature(donated, kernel || !donated.isEmpty());
  }

  private Set<ExecutableElement> declarations(ExecutableElement method) {
    Set<ExecutableElement> declarations = new LinkedHashSet<>();
    if (method.getParameters().isEmpty() || isOfTheJdk(method)) {
      return declarations;
    }
    declarations.add(method);
    if (method.getKind() == ElementKind.METHOD
        && method.getEnclosingElement() instanceof TypeElement owner) {
      Set<TypeElement> supertypes = new LinkedHashSet<>();
      collectSupertypes(owner, supertypes);
      for (TypeElement supertype : supertypes) {
        for (ExecutableElement other : ElementFilter.methodsIn(supertype.getEnclosedElements())) {
          if (other.getSimpleName().equals(method.getSimpleName())
              && elements.overrides(method, other, owner)) {
            declarations.add(other);
          }
        }
      }
    }
    return declarations;
  }

  private void collectSupertypes(TypeElement type, Set<TypeElement> found) {
    for (TypeMirror supertype : types.directSupertypes(type.asType())) {
      if (supertype.getKind() == TypeKind.DECLARED
          && types.asElement(supertype) instanceof TypeElement element
          && !isOfTheJdk(element)
          && found.add(element)) {
        collectSupertypes(element, found);
      }
    }
  }

  /** The JDK has no such annotations, and many methods. */
  private boolean isOfTheJdk(Element element) {
    return elements.getPackageOf(element).getQualifiedName().toString().startsWith("java.");
  }
}
