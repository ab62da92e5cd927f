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
 * Until where in a body each variable may still be mentioned. What a variable holds after that does
 * not matter, and most that are donated are never mentioned again.
 */
public final class Lifetimes extends TreeScanner<@Nullable Void, @Nullable Void> {
  private final Symbols symbols;

  /** Counts the beginnings and the ends of trees. */
  private int clock;

  private final Map<Tree, Integer> ends = new HashMap<>();
  private final Map<VariableElement, Integer> declared = new HashMap<>();
  private final Map<VariableElement, Integer> last = new HashMap<>();
  private final Deque<Loop> loops = new ArrayDeque<>();

  /** What is mentioned in a loop that was there before it. */
  private record Loop(int begin, Set<VariableElement> mentioned) {}

  private Lifetimes(Symbols symbols) {
    this.symbols = symbols;
  }

  public static Lifetimes of(Symbols symbols) {
    Lifetimes lifetimes = new Lifetimes(symbols);
    lifetimes.scan(symbols.body().getLeaf(), null);
    return lifetimes;
  }

  /** Whether nothing after a tree, and no other round of a loop around it, mentions a variable. */
  public boolean isOver(VariableElement variable, Tree after) {
    return last.getOrDefault(variable, 0) <= ends.getOrDefault(after, 0);
  }

  @Override
  public @Nullable Void scan(@Nullable Tree tree, @Nullable Void unused) {
    clock++;
    super.scan(tree, null);
    clock++;
    if (tree != null) {
      ends.put(tree, clock);
    }
    return null;
  }

  @Override
  public @Nullable Void visitVariable(VariableTree tree, @Nullable Void unused) {
    VariableElement variable = symbols.local(tree);
    if (variable != null) {
      declared.put(variable, clock);
    }
    return super.visitVariable(tree, null);
  }

  @Override
  public @Nullable Void visitIdentifier(IdentifierTree tree, @Nullable Void unused) {
    VariableElement variable = symbols.local(tree);
    if (variable != null) {
      mention(variable);
    }
    return null;
  }

  private void mention(VariableElement variable) {
    last.put(variable, clock);
    Loop innermost = loops.peek();
    if (innermost != null && declared.getOrDefault(variable, 0) < innermost.begin()) {
      innermost.mentioned().add(variable);
    }
  }

  @Override
  public @Nullable Void visitWhileLoop(WhileLoopTree tree, @Nullable Void unused) {
    loop(() -> super.visitWhileLoop(tree, null));
    return null;
  }

  @Override
  public @Nullable Void visitDoWhileLoop(DoWhileLoopTree tree, @Nullable Void unused) {
    loop(() -> super.visitDoWhileLoop(tree, null));
    return null;
  }

  @Override
  public @Nullable Void visitForLoop(ForLoopTree tree, @Nullable Void unused) {
    scan(tree.getInitializer(), null);
    loop(
        () -> {
          scan(tree.getCondition(), null);
          scan(tree.getUpdate(), null);
          scan(tree.getStatement(), null);
        });
    return null;
  }

  @Override
  public @Nullable Void visitEnhancedForLoop(EnhancedForLoopTree tree, @Nullable Void unused) {
    scan(tree.getExpression(), null);
    loop(
        () -> {
          scan(tree.getVariable(), null);
          scan(tree.getStatement(), null);
        });
    return null;
  }

  /** What is mentioned in one round may be mentioned in the next. */
  private void loop(Runnable walk) {
    Loop loop = new Loop(clock, new HashSet<>());
    loops.push(loop);
    walk.run();
    loops.pop();
    clock++;
    loop.mentioned().forEach(this::mention);
  }
}
