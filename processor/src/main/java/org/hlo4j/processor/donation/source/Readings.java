package org.hlo4j.processor.donation.source;

import java.util.List;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import org.hlo4j.Promise;
import org.hlo4j.Sharded;
import org.hlo4j.Tensor;
import org.hlo4j.generated.RecordPromise;
import org.jspecify.annotations.Nullable;

/** Classifies the methods of tensors, records and promises of records. */
public final class Readings {
  /** The effect of a call on its receiver. */
  public enum Reading {
    /** It does not access the memory, and returns something else. */
    NOTHING,
    /** It does not access the memory, and returns the same value. */
    SAME,
    /** It does not access the memory, and returns a part of the value. */
    PART,
    /** It waits for the value, and returns it. */
    AWAITED,
    /** It uses the value, and returns something else. */
    USE;

    public boolean isUse() {
      return this == AWAITED || this == USE;
    }
  }

  /** These methods, and {@code equals}, also work on spent tensors. */
  private static final Set<String> HARMLESS =
      Set.of(
          "close",
          "device",
          "getClass",
          "group",
          "hashCode",
          "isClosed",
          "isReady",
          "replicas",
          "shape",
          "sharding",
          "toString");

  private Readings() {}

  /**
   * Returns the effect of a method on its receiver.
   *
   * @param type the receiver's
   */
  public static Reading of(ExecutableElement method, @Nullable TypeElement type) {
    String name = method.getSimpleName().toString();
    if (type != null && type.getKind() == ElementKind.RECORD && isAccessor(method, type)) {
      return Reading.PART;
    }
    if (type != null && extendsClass(type, RecordPromise.class)) {
      return ofRecordPromise(method, name);
    }
    if (type != null && (extendsClass(type, Tensor.class) || extendsClass(type, Sharded.class))) {
      if (name.equals("value")) {
        return Reading.AWAITED;
      }
      if (name.equals("as")) {
        return Reading.SAME;
      }
    }
    return isHarmless(method, name) ? Reading.NOTHING : Reading.USE;
  }

  private static boolean isHarmless(ExecutableElement method, String name) {
    List<? extends VariableElement> parameters = method.getParameters();
    return parameters.isEmpty()
        ? HARMLESS.contains(name)
        : name.equals("equals") && isObject(parameters.get(0).asType());
  }

  private static boolean isObject(TypeMirror type) {
    return type instanceof DeclaredType declared && isNamed(declared.asElement(), Object.class);
  }

  private static boolean isAccessor(ExecutableElement method, TypeElement record) {
    return record.getRecordComponents().stream()
        .anyMatch(component -> method.equals(component.getAccessor()));
  }

  /** Remaining parts of a partly spent record promise can still be accessed. */
  private static Reading ofRecordPromise(ExecutableElement method, String name) {
    if (name.equals("value") || name.equals("inFlight")) {
      return Reading.SAME;
    }
    boolean generated =
        !isNamed(method.getEnclosingElement(), RecordPromise.class)
            && !isNamed(method.getEnclosingElement(), Promise.class)
            && !isNamed(method.getEnclosingElement(), Object.class);
    return generated && method.getParameters().isEmpty() ? Reading.PART : Reading.NOTHING;
  }

  private static boolean extendsClass(TypeElement type, Class<?> ancestor) {
    TypeElement current = type;
    while (!isNamed(current, ancestor)) {
      if (current.getSuperclass() instanceof DeclaredType above
          && above.asElement() instanceof TypeElement parent) {
        current = parent;
      } else {
        return false;
      }
    }
    return true;
  }

  private static boolean isNamed(@Nullable Element element, Class<?> type) {
    return element instanceof TypeElement declared
        && declared.getQualifiedName().contentEquals(type.getCanonicalName());
  }
}
