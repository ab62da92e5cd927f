package org.hlo4j.internal.mlir.rewrite;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.hlo4j.internal.mlir.model.Block;
import org.hlo4j.internal.mlir.model.MlirModule;
import org.hlo4j.internal.mlir.model.Operation;
import org.hlo4j.internal.mlir.model.Region;
import org.hlo4j.internal.mlir.model.Use;
import org.hlo4j.internal.mlir.model.Value;
import org.hlo4j.internal.mlir.syntax.MlirReader;
import org.hlo4j.internal.mlir.text.MlirSyntaxException;
import org.hlo4j.internal.mlir.text.SourceText;
import org.hlo4j.internal.mlir.text.Span;
import org.jspecify.annotations.Nullable;

/**
 * Rewrites programs for plugins that do not support futures: the started operation is moved to
 * where its future is done. XLA's CPU backend compiles both forms alike. Lines keep their numbers,
 * unless an operation of several lines contains comments.
 *
 * <p>A future that starts and ends in different blocks is kept; XLA rejects it by name.
 */
public final class FutureInlining {
  private static final String START = "stablehlo.async_start";
  private static final String DONE = "stablehlo.async_done";
  private static final String COMMENT = "//";

  private final SourceText source;
  private final TextEdits edits;

  private FutureInlining(SourceText source) {
    this.source = source;
    this.edits = new TextEdits(source);
  }

  public static boolean areIn(String text) {
    return text.contains(START);
  }

  /**
   * Returns the text of a program without the futures that can be merged.
   *
   * @throws MlirSyntaxException if the text is not a program
   */
  public static String in(String text) {
    if (!areIn(text)) {
      return text;
    }
    MlirModule module = MlirReader.read(text);
    FutureInlining merged = new FutureInlining(module.source());
    module.functions().forEach(function -> merged.mergeIn(function.operation()));
    return merged.edits.text();
  }

  private void mergeIn(Operation outer) {
    for (Region region : outer.regions()) {
      for (Block block : region.blocks()) {
        List<Operation> operations = block.operations();
        for (int i = 0; i < operations.size(); i++) {
          if (operations.get(i).is(START)) {
            merge(operations.get(i), operations.subList(i + 1, operations.size()));
          } else {
            mergeIn(operations.get(i));
          }
        }
      }
    }
  }

  private void merge(Operation start, List<Operation> later) {
    Operation done = doneOf(start);
    Operation started = operationIn(start);
    if (done == null || started == null || started.results().size() != done.results().size()) {
      return;
    }
    int end = later.indexOf(done);
    if (end >= 0 && !isHidden(started, later.subList(0, end))) {
      Span old = new Span(done.nameSpan().start(), done.span().end());
      edits.replace(start.span(), "").replace(old, moved(started, start));
    }
  }

  /**
   * Returns the only operation that uses a future; null if it is not a done, or there are several.
   */
  private static @Nullable Operation doneOf(Operation start) {
    List<Use> uses = start.results().stream().flatMap(future -> future.uses().stream()).toList();
    return uses.size() == 1 && uses.getFirst().operation().is(DONE)
        ? uses.getFirst().operation()
        : null;
  }

  /**
   * Returns the region's operation; null unless it is a single operation on the region's arguments
   * whose results are the region's.
   */
  private static @Nullable Operation operationIn(Operation start) {
    if (start.regions().size() != 1 || start.regions().getFirst().blocks().size() != 1) {
      return null;
    }
    Block block = start.regions().getFirst().blocks().getFirst();
    if (block.operations().size() != 2 || block.arguments().size() != start.operands().size()) {
      return null;
    }
    Operation started = block.operations().getFirst();
    boolean isAll =
        block.operations().getLast().operands().equals(started.results())
            && started.operandSpans().size() == started.operands().size()
            && block.arguments().containsAll(started.operands())
            && block.arguments().stream()
                .flatMap(argument -> argument.uses().stream())
                .allMatch(use -> use.operation().equals(started));
    return isAll ? started : null;
  }

  /**
   * Returns whether the operation's regions define a name that is in use where the future is done.
   */
  private static boolean isHidden(Operation started, List<Operation> between) {
    Set<String> names = new HashSet<>();
    started.regions().forEach(region -> addNames(region, names));
    return between.stream()
        .flatMap(operation -> operation.results().stream())
        .anyMatch(result -> names.contains(baseName(result)));
  }

  private static void addNames(Region region, Set<String> names) {
    for (Block block : region.blocks()) {
      block.arguments().forEach(argument -> names.add(baseName(argument)));
      for (Operation operation : block.operations()) {
        operation.results().forEach(result -> names.add(baseName(result)));
        operation.regions().forEach(inner -> addNames(inner, names));
      }
    }
  }

  /** Returns {@code %5} for {@code %5#1}. */
  private static String baseName(Value value) {
    int number = value.name().indexOf('#');
    return number < 0 ? value.name() : value.name().substring(0, number);
  }

  /** Returns the operation with the operands of its start. */
  private String moved(Operation started, Operation start) {
    TextEdits operands = new TextEdits(source);
    IntStream.range(0, started.operands().size())
        .forEach(
            i ->
                operands.replace(
                    started.operandSpans().get(i),
                    source.slice(start.operandSpans().get(started.operands().get(i).index()))));
    String text = operands.text(new Span(started.nameSpan().start(), started.span().end()));
    return text.contains(COMMENT) ? text : text.replaceAll("\\s*\n\\s*", " ");
  }
}
