package org.hlo4j.processor.model;

import com.google.auto.common.AnnotationMirrors;
import com.google.auto.common.MoreElements;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Elements.DocCommentKind;
import org.hlo4j.annotation.Donated;
import org.hlo4j.annotation.Kernel;
import org.hlo4j.annotation.Pipeline;
import org.hlo4j.processor.message.Message;
import org.hlo4j.processor.message.Place;
import org.hlo4j.processor.message.Report;
import org.hlo4j.processor.model.Structure.Leaf;
import org.hlo4j.processor.read.ProgramFinder;

/** Reads the kernels of one interface. */
record KernelReader(
    Elements elements,
    TensorTypes tensorTypes,
    ProgramFinder finder,
    TypeElement type,
    Report report) {
  /** Returns the position of a method or parameter, or the interface if it is inherited. */
  Place placeOf(Element element) {
    return isOwn(element) ? Place.of(element) : Place.of(type);
  }

  /** Returns the package of the generated code. */
  private PackageElement home() {
    return MoreElements.getPackage(type);
  }

  private boolean isOwn(Element element) {
    for (Element outer = element; outer != null; outer = outer.getEnclosingElement()) {
      if (outer.equals(type)) {
        return true;
      }
    }
    return false;
  }

  /** Reads a kernel; empty if it has errors, which are reported. */
  Optional<KernelMethod> read(ExecutableElement method) {
    Place place = placeOf(method);
    boolean isPipeline = MoreElements.isAnnotationPresent(method, Pipeline.class);
    if (MoreElements.isAnnotationPresent(method, Kernel.class) == isPipeline) {
      Message message = isPipeline ? Message.PIPELINE_AND_KERNEL : Message.NO_KERNEL;
      return report.refuse(message.at(place, method.getSimpleName()));
    }
    if (!method.getTypeParameters().isEmpty()) {
      return report.refuse(Message.GENERIC.at(place, method.getSimpleName()));
    }
    if (isObjectMethod(method)) {
      return report.refuse(Message.OBJECT_METHOD.at(place, method));
    }
    Place programPlace = isOwn(method) ? ProgramReader.placeOf(method) : place;
    Optional<? extends KernelProgram> program =
        isPipeline
            ? Optional.of(ProgramReader.pipelineOf(method))
            : new ProgramReader(finder, report, method, programPlace, home()).read();
    List<Parameter> parameters = new ArrayList<>();
    for (VariableElement parameter : method.getParameters()) {
      readParameter(parameter).ifPresent(parameters::add);
    }
    Optional<Structure> result = readResult(method);
    if (program.isEmpty()
        || parameters.size() != method.getParameters().size()
        || (result.isEmpty() && method.getReturnType().getKind() != TypeKind.VOID)) {
      return Optional.empty();
    }
    return Optional.of(
        new KernelMethod(
            method.getSimpleName().toString(),
            type.getQualifiedName() + "." + method.getSimpleName(),
            javadoc(method),
            elements.isDeprecated(method),
            parameters,
            result,
            program.get(),
            place,
            programPlace));
  }

  /** Returns whether a parameterless method is one of {@link Object}'s, not an overload. */
  private boolean isObjectMethod(ExecutableElement method) {
    TypeElement object = elements.getTypeElement(Object.class.getName());
    return method.getParameters().isEmpty()
        && ElementFilter.methodsIn(object.getEnclosedElements()).stream()
            .anyMatch(
                inherited ->
                    inherited.getParameters().isEmpty()
                        && inherited.getSimpleName().equals(method.getSimpleName()));
  }

  /**
   * Returns the Javadoc, unless it is Markdown, which would become a plain comment when generated.
   */
  private String javadoc(ExecutableElement method) {
    String comment = elements.getDocComment(method);
    return comment == null || elements.getDocCommentKind(method) == DocCommentKind.END_OF_LINE
        ? ""
        : comment.strip().replace("\n ", "\n");
  }

  private Optional<Parameter> readParameter(VariableElement parameter) {
    String name = parameter.getSimpleName().toString();
    Place place = placeOf(parameter);
    Optional<AnnotationMirror> donated =
        MoreElements.getAnnotationMirror(parameter, Donated.class).toJavaUtil();
    Optional<String> donatedTo =
        donated
            .map(annotation -> AnnotationMirrors.getAnnotationValue(annotation, "value"))
            .map(value -> String.valueOf(value.getValue()))
            .filter(component -> !component.isEmpty());
    return new StructureReader(tensorTypes, report, Message.NOT_A_TENSOR, name, home())
        .read(parameter.asType(), name, place)
        .map(structure -> new Parameter(name, structure, donated.isPresent(), donatedTo, place))
        .filter(this::isDonatedRightly);
  }

  private boolean isDonatedRightly(Parameter parameter) {
    Optional<Leaf> ref =
        parameter.structure().leaves().filter(leaf -> leaf.holder().isRef()).findFirst();
    boolean right = !parameter.donated() || ref.isEmpty();
    if (!right) {
      report.add(Message.REF_DONATED.at(parameter.place(), ref.get().path()));
    }
    return right;
  }

  private Optional<Structure> readResult(ExecutableElement method) {
    TypeMirror result = method.getReturnType();
    if (result.getKind() == TypeKind.VOID) {
      return Optional.empty();
    }
    Place place = placeOf(method);
    String subject = "The result of " + method.getSimpleName();
    Optional<Structure> structure =
        new StructureReader(tensorTypes, report, Message.NOT_A_RESULT, subject, home())
            .read(result, "", place);
    if (structure.isPresent() && !canBeReturned(structure.get())) {
      report.add(Message.NOT_A_RESULT.at(place, subject, result));
    }
    return structure;
  }

  /** A result is complete, so promises are for async methods; and a call creates no Ref. */
  private static boolean canBeReturned(Structure structure) {
    return !(structure instanceof Leaf leaf && leaf.holder().isPromise())
        && structure.leaves().noneMatch(leaf -> leaf.holder().isRef());
  }
}
