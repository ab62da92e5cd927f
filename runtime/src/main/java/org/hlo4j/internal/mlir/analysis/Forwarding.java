package org.hlo4j.internal.mlir.analysis;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hlo4j.internal.mlir.model.Block;
import org.hlo4j.internal.mlir.model.Function;
import org.hlo4j.internal.mlir.model.MlirModule;
import org.hlo4j.internal.mlir.model.Operation;
import org.hlo4j.internal.mlir.model.Region;
import org.hlo4j.internal.mlir.model.Value;
import org.hlo4j.internal.mlir.text.Span;
import org.jspecify.annotations.Nullable;

/**
 * Traces values back through operations that return them unchanged: barriers, calls of functions
 * that return an argument, loops that carry a value unchanged, and branches that all return the
 * same value.
 */
final class Forwarding {
  /** Programs have few nesting levels; values nested deeper count as computed. */
  private static final int DEEPEST = 100;

  private final MlirModule module;
  private final Map<Value, Value> origins = new HashMap<>();
  private int depth;

  Forwarding(MlirModule module) {
    this.module = module;
  }

  /** Returns the value that this one forwards; the value itself if it is computed. */
  Value origin(Value value) {
    Value known = origins.get(value);
    if (known != null) {
      return known;
    }
    Value origin = value;
    for (Value next = source(value); next != null; next = source(origin)) {
      origin = next;
    }
    origins.put(value, origin);
    return origin;
  }

  private @Nullable Value source(Value value) {
    Operation definition = value.definition();
    if (definition == null || depth == DEEPEST) {
      return null;
    }
    depth++;
    try {
      return switch (definition.name()) {
        case "stablehlo.optimization_barrier" -> at(definition.operands(), value.index());
        case "func.call" -> throughCall(definition, value.index());
        case "stablehlo.while" -> throughLoop(definition, value.index());
        case "stablehlo.if", "stablehlo.case" -> throughBranches(definition, value.index());
        default -> null;
      };
    } finally {
      depth--;
    }
  }

  private @Nullable Value throughCall(Operation call, int index) {
    String name = call.callee();
    Function callee = name == null ? null : module.function(name);
    Region body = callee == null ? null : callee.body();
    int argument = body == null ? -1 : argumentHandedBack(body, index);
    return argument < 0 ? null : at(call.operands(), argument);
  }

  private @Nullable Value throughLoop(Operation loop, int index) {
    boolean unchanged =
        loop.regions().size() == 2 && argumentHandedBack(loop.regions().get(1), index) == index;
    return unchanged ? at(loop.operands(), index) : null;
  }

  /** Returns the index of the argument that a body returns unchanged at an index; -1 if none. */
  private int argumentHandedBack(Region body, int index) {
    Value answered = handedBack(body, index);
    Value origin = answered == null ? null : origin(answered);
    return origin != null && origin.isArgument() && Objects.equals(origin.block(), body.entry())
        ? origin.index()
        : -1;
  }

  private @Nullable Value throughBranches(Operation branches, int index) {
    Value common = null;
    for (Region branch : branches.regions()) {
      Value answered = handedBack(branch, index);
      Value origin = answered == null ? null : origin(answered);
      if (origin == null || isInside(origin, branch) || (common != null && common != origin)) {
        return null;
      }
      common = origin;
    }
    return common;
  }

  private static boolean isInside(Value value, Region region) {
    Operation definition = value.definition();
    Span span = definition == null ? value.span() : definition.span();
    return span == null
        || (span.start() >= region.span().start() && span.end() <= region.span().end());
  }

  /** Returns a value that a body of one block returns. */
  private static @Nullable Value handedBack(Region body, int index) {
    Block entry = body.blocks().size() == 1 ? body.entry() : null;
    Operation last = entry == null ? null : entry.terminator();
    return last == null ? null : at(last.operands(), index);
  }

  private static @Nullable Value at(List<Value> values, int index) {
    return index < values.size() ? values.get(index) : null;
  }
}
