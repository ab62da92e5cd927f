package org.hlo4j.internal.host;

import java.lang.foreign.MemorySegment;
import java.util.stream.LongStream;
import org.hlo4j.type.Shape;

/**
 * Formats a tensor's values as NumPy 2.4 does by default: nested brackets, aligned rows, lines of
 * at most 75 characters, and only the edges of long dimensions if there are more than a thousand
 * elements.
 */
public final class TensorText {
  private static final long WHOLE_UP_TO = 1000;
  private static final long EDGE = 3;
  private static final int LINE = 75;
  private static final String LEFT_OUT = "...";

  private final Shape shape;
  private final boolean summarize;
  private String[] words = {};
  private int next;

  private TensorText(Shape shape) {
    this.shape = shape;
    this.summarize = shape.elementCount() > WHOLE_UP_TO;
  }

  /** Returns the values of dense row-major memory. */
  public static String of(Shape shape, MemorySegment memory) {
    if (shape.elementCount() == 0) {
      return "[]";
    }
    TensorText text = new TensorText(shape);
    long[] shown = text.shown(0, 0).toArray();
    boolean scalar = shape.rank() == 0;
    text.words = new FormattedElements(shape.elementType(), memory, shown, scalar).words();
    return scalar ? text.words[0] : text.bracket(0);
  }

  private boolean isCut(int dimension) {
    return summarize && shape.dimension(dimension) > 2 * EDGE;
  }

  /** Returns the indices of the printed elements, in order. */
  private LongStream shown(int dimension, long start) {
    if (dimension == shape.rank()) {
      return LongStream.of(start);
    }
    long size = shape.dimension(dimension);
    LongStream places =
        isCut(dimension)
            ? LongStream.concat(LongStream.range(0, EDGE), LongStream.range(size - EDGE, size))
            : LongStream.range(0, size);
    return places.flatMap(i -> shown(dimension + 1, start * size + i));
  }

  private String bracket(int dimension) {
    return "[" + (dimension == shape.rank() - 1 ? row(dimension) : rows(dimension)) + "]";
  }

  private String rows(int dimension) {
    String separator = "\n".repeat(shape.rank() - 1 - dimension) + " ".repeat(dimension + 1);
    StringBuilder out = new StringBuilder();
    long count = places(dimension);
    for (long i = 0; i < count; i++) {
      if (i > 0) {
        out.append(separator);
      }
      if (isCut(dimension) && i == EDGE) {
        out.append(LEFT_OUT).append(separator);
      }
      out.append(bracket(dimension + 1));
    }
    return out.toString();
  }

  private long places(int dimension) {
    return isCut(dimension) ? 2 * EDGE : shape.dimension(dimension);
  }

  /** Returns the innermost dimension, wrapped at the line length. */
  private String row(int dimension) {
    // Reserves space for the closing brackets.
    int width = LINE - dimension - 1;
    String indent = " ".repeat(dimension + 1);
    StringBuilder out = new StringBuilder();
    StringBuilder line = new StringBuilder(indent);
    long count = places(dimension);
    for (long i = 0; i < count; i++) {
      if (isCut(dimension) && i == EDGE) {
        extend(out, line, LEFT_OUT, width, indent);
        line.append(' ');
      }
      extend(out, line, words[next], width, indent);
      next++;
      if (i < count - 1) {
        line.append(' ');
      }
    }
    return out.append(line).substring(indent.length());
  }

  private static void extend(
      StringBuilder out, StringBuilder line, String word, int width, String indent) {
    if (line.length() + word.length() > width && line.length() > indent.length()) {
      out.append(line.toString().stripTrailing()).append('\n');
      line.setLength(0);
      line.append(indent);
    }
    line.append(word);
  }
}
