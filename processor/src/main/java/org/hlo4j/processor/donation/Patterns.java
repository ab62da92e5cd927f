package org.hlo4j.processor.donation;

import com.sun.source.tree.BindingPatternTree;
import com.sun.source.tree.DeconstructionPatternTree;
import com.sun.source.tree.PatternTree;
import com.sun.source.tree.Tree;
import java.util.List;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.RecordComponentElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;

/** Binds pattern variables to matched values. */
record Patterns(Walk walk) {
  /**
   * Binds a pattern's variables.
   *
   * @param matched the tree with the matched value, which is kept
   */
  void bind(PatternTree pattern, Tree matched) {
    if (pattern instanceof BindingPatternTree binding) {
      VariableElement variable = walk.symbols.local(binding.getVariable());
      if (variable != null) {
        walk.assign(variable, matched);
      }
    } else if (pattern instanceof DeconstructionPatternTree record) {
      deconstruct(record, matched);
    }
  }

  private void deconstruct(DeconstructionPatternTree pattern, Tree matched) {
    TypeElement type = walk.symbols.type(pattern.getDeconstructor());
    if (type == null || type.getKind() != ElementKind.RECORD) {
      return;
    }
    List<? extends RecordComponentElement> components = type.getRecordComponents();
    List<? extends PatternTree> nested = pattern.getNestedPatterns();
    for (int i = 0; i < Math.min(components.size(), nested.size()); i++) {
      PatternTree part = nested.get(i);
      walk.part(matched, components.get(i).getSimpleName().toString(), part);
      bind(part, part);
      walk.drop(part);
    }
  }
}
