package org.hlo4j.cli.init;

import com.palantir.javapoet.NameAllocator;
import java.util.List;
import org.hlo4j.cli.init.Label.Step;

/** Names the values in a container: by their keys, or by their positions in a list or tuple. */
final class ComponentNames {
  private static final List<String> ORDINALS =
      List.of("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth");

  private static final String ITEM = "item";

  private ComponentNames() {}

  /** Returns whether a name is only a position, such as {@code first}. */
  static boolean isPosition(String name) {
    return ORDINALS.contains(name) || name.matches(ITEM + "\\d+");
  }

  /** Returns distinct names for a container's values. */
  static List<String> of(List<Pytree> children, String container) {
    String one = JavaNames.singular(container);
    boolean isNumbered =
        !one.equals(container) || children.size() > ORDINALS.size() || isList(children);
    NameAllocator names = new NameAllocator();
    return children.stream()
        .map(
            child ->
                names.newName(of(child.step(), one.equals(container) ? ITEM : one, isNumbered)))
        .toList();
  }

  /** Returns whether all values are containers with the same keys, such as layers. */
  private static boolean isList(List<Pytree> children) {
    return children.size() > 1
        && children.stream().allMatch(child -> child instanceof Pytree.Group)
        && children.stream().map(child -> child.structure(place -> "")).distinct().count() == 1;
  }

  private static String of(Step step, String item, boolean isNumbered) {
    if (!step.isIndex()) {
      return JavaNames.member(step.key());
    }
    int position = step.key().length() > 1 ? ORDINALS.size() : Integer.parseInt(step.key());
    return isNumbered || position >= ORDINALS.size()
        ? JavaNames.numbered(item, step.key())
        : ORDINALS.get(position);
  }
}
