package org.hlo4j.internal.mlir.model;

import java.util.List;
import java.util.function.Consumer;
import org.hlo4j.internal.mlir.text.Span;
import org.jspecify.annotations.Nullable;

/**
 * Blocks in braces: the body of a function or of an operation such as a loop.
 *
 * @param blocks the blocks, in order; StableHLO's own operations have one each
 * @param span where the region is, with its braces
 */
public record Region(List<Block> blocks, Span span) {
  public Region {
    blocks = List.copyOf(blocks);
  }

  /** The first block, or null if there is none. */
  public @Nullable Block entry() {
    return blocks.isEmpty() ? null : blocks.getFirst();
  }

  /** Shows every operation in here, outer ones before those in their regions. */
  void walk(Consumer<Operation> visitor) {
    for (Block block : blocks) {
      block.operations().forEach(operation -> operation.walk(visitor));
    }
  }
}
