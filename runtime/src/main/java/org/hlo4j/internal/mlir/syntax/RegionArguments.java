package org.hlo4j.internal.mlir.syntax;

import java.util.ArrayList;
import java.util.List;
import org.hlo4j.internal.mlir.model.OperationTypes;
import org.hlo4j.internal.mlir.model.Type;
import org.hlo4j.internal.mlir.text.Span;

/** The arguments of regions that a pretty form names before the regions' braces. */
final class RegionArguments {
  /** A loop has a condition and a body. More regions have no arguments initialized by operands. */
  private static final int MAX_ITERATING_REGIONS = 2;

  /** Paired with operands; arguments of each of the regions. */
  private final List<BlockArgument> iterated = new ArrayList<>();

  /** With types; arguments of the next region. */
  private final List<BlockArgument> bound = new ArrayList<>();

  /** With types; the last arguments of the next region. */
  private final List<BlockArgument> accumulators = new ArrayList<>();

  /** Adds the name in {@code %name = %operand}. */
  void iterate(String name, Span span) {
    iterated.add(new BlockArgument(name, span, null));
  }

  /**
   * Adds names with types.
   *
   * @param reducer whether they are an input and an accumulator of a reduction, of which all inputs
   *     come first
   */
  void bind(List<BlockArgument> arguments, boolean reducer) {
    int inputs = reducer ? (arguments.size() + 1) / 2 : arguments.size();
    bound.addAll(arguments.subList(0, inputs));
    accumulators.addAll(arguments.subList(inputs, arguments.size()));
  }

  /** Returns whether the next brace must be a region's, since there are arguments for it. */
  boolean areBound() {
    return !bound.isEmpty();
  }

  /**
   * Returns the arguments of the next region.
   *
   * @param before the number of regions before it
   */
  List<BlockArgument> take(OperationTypes signature, int before) {
    List<BlockArgument> taken = new ArrayList<>();
    List<Type> types = signature.operandTypes(iterated.size());
    for (int i = 0; i < iterated.size() && before < MAX_ITERATING_REGIONS; i++) {
      BlockArgument argument = iterated.get(i);
      taken.add(
          types.isEmpty()
              ? argument
              : new BlockArgument(argument.name(), argument.span(), types.get(i)));
    }
    taken.addAll(bound);
    taken.addAll(accumulators);
    bound.clear();
    accumulators.clear();
    return taken;
  }
}
