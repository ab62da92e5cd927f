package org.hlo4j.internal.mlir.syntax;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hlo4j.internal.mlir.model.Value;
import org.hlo4j.internal.mlir.text.SourceText;
import org.hlo4j.internal.mlir.text.Span;
import org.jspecify.annotations.Nullable;

/** The named values in scope at the current token. */
final class ValueScope {
  private final SourceText source;
  private final Map<String, Binding> bindings = new HashMap<>();
  private final List<String> names = new ArrayList<>();

  /** The index in {@link #names} from which names may not be redefined. */
  private int barrier;

  ValueScope(SourceText source) {
    this.source = source;
  }

  private record Binding(List<Value> values, Span span, int order, @Nullable Binding shadowed) {}

  /** The state that {@link #close} restores. */
  record Mark(int names, int barrier) {}

  /** Opens a region. An isolated one may redefine outer names. */
  Mark open(boolean isolated) {
    Mark mark = new Mark(names.size(), barrier);
    if (isolated) {
      barrier = names.size();
    }
    return mark;
  }

  /** Closes a region, and removes its definitions. */
  void close(Mark mark) {
    while (names.size() > mark.names()) {
      String name = names.remove(names.size() - 1);
      Binding binding = bindings.remove(name);
      if (binding != null && binding.shadowed() != null) {
        bindings.put(name, binding.shadowed());
      }
    }
    barrier = mark.barrier();
  }

  /** Defines arguments of a block, and returns their values. */
  List<Value> define(List<BlockArgument> arguments) {
    List<Value> values = new ArrayList<>();
    for (BlockArgument argument : arguments) {
      Value value = new Value(argument.name(), argument.span(), argument.type(), values.size());
      define(value.name(), List.of(value), argument.span());
      values.add(value);
    }
    return values;
  }

  void define(String name, List<Value> values, Span span) {
    Binding before = bindings.get(name);
    if (before != null && before.order() >= barrier) {
      throw source.error(
          span.start(),
          "%s is already defined in line %d",
          name,
          source.line(before.span().start()));
    }
    bindings.put(name, new Binding(values, span, names.size(), before));
    names.add(name);
  }

  /**
   * Returns the value of a name.
   *
   * @param number the index among the results with that name; 0 if there is none in the text
   */
  Value resolve(String name, int number, Span span) {
    Binding binding = bindings.get(name);
    if (binding == null) {
      throw source.error(span.start(), name + " is not defined here");
    }
    if (number >= binding.values().size()) {
      throw source.error(
          span.start(),
          "%s#%d is not defined: %s has %s",
          name,
          number,
          name,
          binding.values().size() == 1 ? "one value" : binding.values().size() + " values");
    }
    return binding.values().get(number);
  }
}
