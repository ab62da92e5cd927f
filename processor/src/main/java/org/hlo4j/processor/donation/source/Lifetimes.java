package org.hlo4j.processor.donation.source;

import com.sun.source.tree.DoWhileLoopTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.tree.WhileLoopTree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.VariableElement;
import org.jspecify.annotations.Nullable;

/**
 * The last mentions of each variable in a body. The state of a variable is irrelevant afterwards,
 * and most donated ones are never mentioned again.
 */
public final class Lifetimes extends TreeScanner<@Nullable Void, @Nullable Void> {
  private final Symbols symbols;

  /** Counts the beginnings and the ends of trees. */
  private int clock;

  private final Map<Tree, Integer> ends = new HashMap<>();
  private final Map<VariableElement, Integer> declared = new HashMap<>();
  private final Map<VariableElement, Integer> last = new HashMap<>();
  private final Deque<Loop> loops = new ArrayDeque<>();

  /** The variables mentioned in a loop that were declared before it. */
  private record Loop(int begin, Set<VariableElement> mentioned) {}

  private Lifetimes(Symbols symbols) {
    this.symbols = symbols;
  }

  public static Lifetimes of(Symbols symbols) {
    Lifetimes lifetimes = new Lifetimes(symbols);
    lifetimes.scan(symbols.body().getLeaf(), null);
    return lifetimes;
  }

  /**
   * Returns whether a variable is never mentioned after a tree, nor in another round of an
   * enclosing loop.
   */
  public boolean isOver(VariableElement variable, Tree after) {
    return last.getOrDefault(variable, 0) <= ends.getOrDefault(after, 0);
  }

  @Override
  public @Nullable Void scan(@Nullable Tree tree, @Nullable Void unused) {
    clock++;
    if (tree != null) {
      walk(tree);
    }
    clock++;
    if (tree != null) {
      ends.put(tree, clock);
    }
    return null;
  }

  private void walk(Tree tree) {
    switch (tree) {
      case VariableTree declaration -> {
        VariableElement variable = symbols.local(declaration);
        if (variable != null) {
          declared.put(variable, clock);
        }
        super.scan(declaration, null);
      }
      case IdentifierTree name -> {
        VariableElement variable = symbols.local(name);
        if (variable != null) {
          mention(variable);
        }
      }
      case WhileLoopTree loop -> loop(() -> super.scan(loop, null));
      case DoWhileLoopTree loop -> loop(() -> super.scan(loop, null));
      case ForLoopTree loop -> {
        scan(loop.getInitializer(), null);
        loop(
            () -> {
              scan(loop.getCondition(), null);
              scan(loop.getUpdate(), null);
              scan(loop.getStatement(), null);
            });
      }
      case EnhancedForLoopTree loop -> {
        scan(loop.getExpression(), null);
        loop(
            () -> {
              scan(loop.getVariable(), null);
              scan(loop.getStatement(), null);
            });
      }
      default -> super.scan(tree, null);
    }
  }

  private void mention(VariableElement variable) {
    last.put(variable, clock);
    Loop innermost = loops.peek();
    if (innermost != null && declared.getOrDefault(variable, 0) < innermost.begin()) {
      innermost.mentioned().add(variable);
    }
  }

  /** Variables mentioned in one round may be mentioned in the next. */
  private void loop(Runnable walk) {
    Loop loop = new Loop(clock, new HashSet<>());
    loops.push(loop);
    walk.run();
    loops.pop();
    clock++;
    loop.mentioned().forEach(this::mention);
  }
}
