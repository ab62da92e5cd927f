package org.hlo4j.processor.model;

import com.google.auto.common.MoreElements;
import com.google.auto.common.MoreTypes;
import com.google.auto.common.Visibility;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.TypeName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.RecordComponentElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import org.hlo4j.BufferPromise;
import org.hlo4j.DeviceBuffer;
import org.hlo4j.Ref;
import org.hlo4j.Sharded;
import org.hlo4j.ShardedBuffer;
import org.hlo4j.ShardedPromise;
import org.hlo4j.ShardedRef;
import org.hlo4j.Tensor;
import org.hlo4j.processor.message.Message;
import org.hlo4j.processor.message.Place;
import org.hlo4j.processor.message.Report;
import org.hlo4j.processor.model.Structure.Component;
import org.hlo4j.processor.model.Structure.Group;
import org.hlo4j.processor.model.Structure.Holder;
import org.hlo4j.processor.model.Structure.Leaf;
import org.hlo4j.type.Shape;

/**
 * Reads the Java type of one parameter or result as tensors and records of tensors.
 *
 * @param notAllowed the message for a type that is neither a tensor nor a record
 * @param subject the parameter or result in messages
 * @param home the package of the generated code
 */
record StructureReader(
    TensorTypes tensorTypes,
    Report report,
    Message notAllowed,
    String subject,
    PackageElement home) {
  private static final Map<String, Holder> HOLDERS =
      Map.of(
          Tensor.class.getName(), Holder.TENSOR,
          DeviceBuffer.class.getName(), Holder.DEVICE_BUFFER,
          BufferPromise.class.getName(), Holder.BUFFER_PROMISE,
          Ref.class.getName(), Holder.REF,
          ShardedRef.class.getName(), Holder.SHARDED_REF,
          Sharded.class.getName(), Holder.SHARDED,
          ShardedBuffer.class.getName(), Holder.SHARDED_BUFFER,
          ShardedPromise.class.getName(), Holder.SHARDED_PROMISE);

  /**
   * Reads a type; empty if it is not allowed, which is reported.
   *
   * @param path its path in user code
   */
  Optional<Structure> read(TypeMirror type, String path, Place place) {
    return read(type, path, place, List.of());
  }

  private Optional<Structure> read(
      TypeMirror type, String path, Place place, List<TypeElement> enclosing) {
    if (type.getKind() != TypeKind.DECLARED) {
      return report.refuse(notAllowed.at(place, named(path), type));
    }
    DeclaredType declared = MoreTypes.asDeclared(type);
    TypeElement element = MoreElements.asType(declared.asElement());
    Holder holder = HOLDERS.get(element.getQualifiedName().toString());
    if (holder != null) {
      return leaf(declared, holder, path, place).map(leaf -> leaf);
    }
    if (element.getKind() == ElementKind.RECORD) {
      return group(element, path, place, enclosing).map(group -> group);
    }
    return report.refuse(notAllowed.at(place, named(path), type));
  }

  private Optional<Leaf> leaf(DeclaredType type, Holder holder, String path, Place place) {
    Optional<TypeElement> tensorType = tensorType(type, path, place);
    Optional<Shape> shape = tensorType.flatMap(tensorTypes::shapeOf);
    if (tensorType.isPresent() && shape.isEmpty()) {
      String problem = "%s has no valid @TensorType".formatted(tensorType.get());
      report.add(Message.UNTYPED.at(place, named(path), problem));
    }
    if (shape.isEmpty() || isHidden(tensorType.get(), place)) {
      return Optional.empty();
    }
    ClassName name = ClassName.get(tensorType.get());
    return Optional.of(new Leaf(path, TypeName.get(type), holder, name, shape.get(), place));
  }

  private Optional<TypeElement> tensorType(DeclaredType type, String path, Place place) {
    List<? extends TypeMirror> arguments = type.getTypeArguments();
    if (arguments.size() == 1 && arguments.get(0).getKind() == TypeKind.DECLARED) {
      return Optional.of(MoreTypes.asTypeElement(arguments.get(0)));
    }
    String problem =
        arguments.isEmpty()
            ? type + " has no type argument"
            : arguments.get(0) + " is not a type with @TensorType";
    return report.refuse(Message.UNTYPED.at(place, named(path), problem));
  }

  private boolean isHidden(TypeElement type, Place place) {
    Visibility visibility = Visibility.effectiveVisibilityOfElement(type);
    boolean visible =
        visibility == Visibility.PUBLIC
            || (visibility != Visibility.PRIVATE && MoreElements.getPackage(type).equals(home));
    if (!visible) {
      report.add(Message.HIDDEN_TYPE.at(place, type, nameOf(home)));
    }
    return !visible;
  }

  /** Returns a package's name, whose string form differs between compilers. */
  static String nameOf(PackageElement home) {
    return home.isUnnamed() ? "the unnamed package" : home.getQualifiedName().toString();
  }

  private String named(String path) {
    return path.isEmpty() ? subject : path;
  }

  private Optional<Group> group(
      TypeElement type, String path, Place place, List<TypeElement> enclosing) {
    if (enclosing.contains(type)) {
      return report.refuse(Message.RECURSIVE_RECORD.at(place, type.getSimpleName()));
    }
    if (!type.getTypeParameters().isEmpty()) {
      return report.refuse(Message.GENERIC_RECORD.at(place, type.getSimpleName()));
    }
    if (isHidden(type, place)) {
      return Optional.empty();
    }
    List<TypeElement> around = new ArrayList<>(enclosing);
    around.add(type);
    List<Component> components = new ArrayList<>();
    boolean complete = true;
    for (RecordComponentElement component : type.getRecordComponents()) {
      String name = component.getSimpleName().toString();
      Optional<Structure> structure =
          read(component.asType(), path.isEmpty() ? name : path + "." + name, place, around);
      complete &= structure.isPresent();
      structure.ifPresent(part -> components.add(new Component(name, part)));
    }
    return complete ? Optional.of(new Group(ClassName.get(type), components)) : Optional.empty();
  }
}
