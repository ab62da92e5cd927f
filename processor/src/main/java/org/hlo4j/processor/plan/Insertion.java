package org.hlo4j.processor.plan;

import java.util.Comparator;
import java.util.List;

/**
 * Text that goes into a program.
 *
 * @param offset where in the program as it was
 * @param text what
 */
record Insertion(int offset, String text) {

  /** A program with all insertions made. */
  static String apply(String program, List<Insertion> insertions) {
    StringBuilder out = new StringBuilder(program);
    insertions.stream()
        .sorted(Comparator.comparingInt(Insertion::offset).reversed())
        .forEach(insertion -> out.insert(insertion.offset(), insertion.text()));
    return out.toString();
  }
}
