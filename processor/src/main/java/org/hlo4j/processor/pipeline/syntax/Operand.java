package org.hlo4j.processor.pipeline.syntax;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hlo4j.internal.mlir.text.Span;

/**
 * Something that a statement reads, or a {@code Ref} that it writes: {@code x}, {@code params.w1},
 * {@code slots[i + 1]}.
 *
 * @param path a name, and behind it those of components
 * @param index which of a {@code Ref}'s slots, if that is said
 */
public record Operand(List<Name> path, Optional<Index> index, Span span) {
  public Operand {
    path = List.copyOf(path);
  }

  /**
   * Which slot: slots are counted around, so that behind the last one comes the first.
   *
   * @param counter the name of a loop's counter, if one is written
   * @param offset what is added to it
   */
  public record Index(Optional<Name> counter, long offset, Span span) {}

  /** Returns the first name, which is that of a variable. */
  public Name variable() {
    return path.get(0);
  }

  /** As it is written, without blanks. */
  @Override
  public String toString() {
    return path.stream().map(Name::text).collect(Collectors.joining("."));
  }
}
