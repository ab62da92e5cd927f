package org.hlo4j.internal.mlir.model;

import java.util.List;
import java.util.function.Consumer;
import org.hlo4j.internal.mlir.text.Span;
import org.jspecify.annotations.Nullable;

/**
 * Blocks in braces: the body of a function or of an operation such as a loop.
 *
 * @param blocks the blocks, in order; one each in StableHLO's own operations
 * @param span the position, with the braces
 */
public record Region(List<Block> blocks, Span span) {
  public Region {
    blocks = List.copyOf(blocks);
  }

  /** Returns the first block, or null if there is none. */
  public @Nullable Block entry() {
    return blocks.isEmpty() ? null : blocks.getFirst();
  }

  /** Visits every operation in this region, outer ones before those in their regions. */
  void walk(Consumer<Operation> visitor) {
    for (Block block : blocks) {
      block.operations().forEach(operation -> operation.walk(visitor));
    }
  }
}
