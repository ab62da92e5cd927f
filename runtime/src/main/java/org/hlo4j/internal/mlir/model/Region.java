package org.hlo4j.internal.mlir.model;

import java.util.List;
import java.util.function.Consumer;
import org.hlo4j.internal.mlir.text.Span;
import org.jspecify.annotations.Nullable;

/** Blocks in braces: the body of a function or of an operation such as a loop. */
public final class Region {
  private final List<Block> blocks;
  private final Span span;

  public Region(List<Block> blocks, Span span) {
    this.blocks = List.copyOf(blocks);
    this.span = span;
  }

  /** The blocks, in order; StableHLO's own operations have one each. */
  public List<Block> blocks() {
    return blocks;
  }

  /** The first block, or null if there is none. */
  public @Nullable Block entry() {
    return blocks.isEmpty() ? null : blocks.get(0);
  }

  /** Where the region is, with its braces. */
  public Span span() {
    return span;
  }

  /** Shows every operation in here, outer ones before those in their regions. */
  public void walk(Consumer<Operation> visitor) {
    for (Block block : blocks) {
      block.operations().forEach(operation -> operation.walk(visitor));
    }
  }
}
