package org.hlo4j.processor.pipeline.syntax;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hlo4j.internal.mlir.text.Span;

/**
 * An operand that a statement reads, or a {@code Ref} that it writes: {@code x}, {@code params.w1},
 * {@code slots[i + 1]}.
 *
 * @param path a name, followed by those of components
 * @param index the index of a {@code Ref}'s slot, if any
 */
public record Operand(List<Name> path, Optional<Index> index, Span span) {
  public Operand {
    path = List.copyOf(path);
  }

  /**
   * The index of a slot, modulo the number of slots.
   *
   * @param counter the name of a loop's counter, if any
   * @param offset the number added to it
   */
  public record Index(Optional<Name> counter, long offset, Span span) {}

  /** Returns the first name, which is that of a variable. */
  public Name variable() {
    return path.get(0);
  }

  /** Returns the text without white space. */
  @Override
  public String toString() {
    return path.stream().map(Name::text).collect(Collectors.joining("."));
  }
}
