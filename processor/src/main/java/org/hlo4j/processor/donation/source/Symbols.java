package org.hlo4j.processor.donation.source;

import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.RecordComponentElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Types;
import org.jspecify.annotations.Nullable;

/** The symbols and types of the trees in one body. */
public record Symbols(Trees trees, Types types, TreePath body) {
  private static final Set<ElementKind> LOCAL =
      Set.of(
          ElementKind.LOCAL_VARIABLE,
          ElementKind.PARAMETER,
          ElementKind.EXCEPTION_PARAMETER,
          ElementKind.RESOURCE_VARIABLE,
          ElementKind.BINDING_VARIABLE);

  private static final Set<TypeKind> OF_OBJECTS =
      Set.of(TypeKind.DECLARED, TypeKind.TYPEVAR, TypeKind.INTERSECTION);

  /** Returns the local variable that a tree declares or mentions, if it can hold an object. */
  public @Nullable VariableElement local(Tree tree) {
    return element(tree) instanceof VariableElement variable
            && LOCAL.contains(variable.getKind())
            && OF_OBJECTS.contains(variable.asType().getKind())
        ? variable
        : null;
  }

  public @Nullable ExecutableElement method(Tree call) {
    return element(call) instanceof ExecutableElement method ? method : null;
  }

  /** Returns the type that a tree names, or an expression's type. */
  public @Nullable TypeElement type(Tree tree) {
    TypeMirror type = trees.getTypeMirror(new TreePath(body, tree));
    return type != null
            && OF_OBJECTS.contains(type.getKind())
            && types.erasure(type) instanceof DeclaredType declared
            && declared.asElement() instanceof TypeElement element
        ? element
        : null;
  }

  /** Returns whether a record's constructor is canonical. */
  public boolean isCanonical(ExecutableElement constructor, TypeElement record) {
    List<? extends VariableElement> parameters = constructor.getParameters();
    List<? extends RecordComponentElement> components = record.getRecordComponents();
    return !constructor.isVarArgs()
        && parameters.size() == components.size()
        && IntStream.range(0, parameters.size())
            .allMatch(
                i ->
                    types.isSameType(
                        types.erasure(parameters.get(i).asType()),
                        types.erasure(components.get(i).asType())));
  }

  private @Nullable Element element(Tree tree) {
    return trees.getElement(new TreePath(body, tree));
  }

  public long start(Tree tree) {
    return trees.getSourcePositions().getStartPosition(body.getCompilationUnit(), tree);
  }

  public long line(Tree tree) {
    return body.getCompilationUnit().getLineMap().getLineNumber(start(tree));
  }
}
