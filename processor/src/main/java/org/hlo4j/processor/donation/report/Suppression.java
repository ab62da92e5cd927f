package org.hlo4j.processor.donation.report;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import java.util.List;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.SimpleAnnotationValueVisitor14;
import org.jspecify.annotations.Nullable;

/** Reads {@code @SuppressWarnings("hlo4j")}; an annotation that is wrong says nothing. */
final class Suppression extends SimpleAnnotationValueVisitor14<Boolean, Void> {
  private static final String NAME = "hlo4j";

  private Suppression() {
    super(false);
  }

  /** Whether the annotation is on a declaration around a place. */
  static boolean isAround(TreePath place, Trees trees) {
    for (TreePath path = place; path != null; path = path.getParentPath()) {
      if (isDeclaration(path.getLeaf()) && isOn(trees.getElement(path))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isDeclaration(Tree tree) {
    return tree instanceof VariableTree || tree instanceof MethodTree || tree instanceof ClassTree;
  }

  private static boolean isOn(@Nullable Element declaration) {
    return declaration != null
        && declaration.getAnnotationMirrors().stream()
            .filter(Suppression::isSuppression)
            .flatMap(annotation -> annotation.getElementValues().values().stream())
            .anyMatch(value -> value.accept(new Suppression(), null));
  }

  private static boolean isSuppression(AnnotationMirror annotation) {
    return annotation.getAnnotationType().asElement() instanceof TypeElement type
        && type.getQualifiedName().contentEquals(SuppressWarnings.class.getName());
  }

  @Override
  public Boolean visitString(String text, Void unused) {
    return text.equals(NAME);
  }

  @Override
  public Boolean visitArray(List<? extends AnnotationValue> values, Void unused) {
    return values.stream().anyMatch(value -> value.accept(this, null));
  }
}
