package org.hlo4j.internal.mlir.text;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;
import org.hlo4j.error.CompilationException;
import org.jspecify.annotations.Nullable;

/** The text of a program; converts offsets to lines, columns and excerpts. Immutable. */
public final class SourceText {
  /** Constants make lines of megabytes; diagnostics show this much on either side of the caret. */
  private static final int EXCERPT_REACH = 80;

  private static final int LONGEST_PROBLEM = 400;
  private static final String ELLIPSIS = "...";

  private final String text;
  private final int[] lineStarts;

  /** Creates a source text without its byte order mark, if any. */
  public SourceText(String text) {
    this.text = ProgramText.withoutMark(text);
    IntStream newlines =
        IntStream.iterate(
            this.text.indexOf('\n'), at -> at >= 0, at -> this.text.indexOf('\n', at + 1));
    this.lineStarts = IntStream.concat(IntStream.of(0), newlines.map(at -> at + 1)).toArray();
  }

  public String text() {
    return text;
  }

  public int length() {
    return text.length();
  }

  public String slice(Span span) {
    return text.substring(span.start(), span.end());
  }

  /** Returns the line of an offset, from 1. */
  public int line(int offset) {
    int found = Arrays.binarySearch(lineStarts, offset);
    return found >= 0 ? found + 1 : -found - 1;
  }

  /** Returns the column of an offset in its line, in characters, from 1. */
  public int column(int offset) {
    return offset - lineStarts[line(offset) - 1] + 1;
  }

  /**
   * Returns the line of an offset and, below it, a caret under the offset. A long line is cut
   * around the caret.
   */
  String excerpt(int offset) {
    int lineStart = lineStarts[line(offset) - 1];
    int lineEnd = text.indexOf('\n', lineStart);
    lineEnd = lineEnd < 0 ? text.length() : lineEnd;
    if (lineEnd > lineStart && text.charAt(lineEnd - 1) == '\r') {
      lineEnd--;
    }
    int caret = Math.min(offset, lineEnd);
    int from = caret - lineStart > 2 * EXCERPT_REACH ? caret - EXCERPT_REACH : lineStart;
    int to = lineEnd - caret > 2 * EXCERPT_REACH ? caret + EXCERPT_REACH : lineEnd;
    StringBuilder out = new StringBuilder();
    StringBuilder pad = new StringBuilder();
    if (from > lineStart) {
      out.append(ELLIPSIS);
      pad.repeat(' ', ELLIPSIS.length());
    }
    for (int at = from; at < caret; at++) {
      // Keeps tabs, so that the caret is aligned for any tab width.
      pad.append(text.charAt(at) == '\t' ? '\t' : ' ');
    }
    out.append(text, from, to);
    if (to < lineEnd) {
      out.append(ELLIPSIS);
    }
    return out.append('\n').append(pad).append('^').toString();
  }

  /** Returns a problem with its line, its column, and the line's text with a caret. */
  public String describe(int offset, String problem) {
    return "line %s, column %s: %s\n%s"
        .formatted(line(offset), column(offset), problem, excerpt(offset));
  }

  /** Returns a problem at a compiler's line and column, both from 1. */
  public String describe(int line, int column, String problem) {
    return describe(offset(line, column), problem);
  }

  /** Returns the offset of a line and a column, both from 1; the closest one if there is none. */
  public int offset(int line, int column) {
    int known = Math.clamp(line, 1, lineStarts.length);
    return Math.min(lineStarts[known - 1] + Math.max(0, column - 1), length());
  }

  /** Returns a rejection with a formatted problem. */
  public CompilationException refusal(int offset, String format, Object... arguments) {
    return refusal(offset, String.format(Locale.ROOT, format, arguments));
  }

  /** Returns a rejection of a well-formed program that cannot run. */
  public CompilationException refusal(int offset, String problem) {
    return new CompilationException(
        describe(offset, problem), line(offset), column(offset), problem, null);
  }

  /** Returns a part of the text as a number, possibly signed; null if it is not a {@code long}. */
  public @Nullable Long parseLong(int start, int end) {
    try {
      return Long.parseLong(text, start, end, 10);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  public char charAt(int offset) {
    return text.charAt(offset);
  }

  /** Returns a syntax error with a formatted problem. */
  public MlirSyntaxException error(int offset, String format, Object... arguments) {
    return error(offset, String.format(Locale.ROOT, format, arguments));
  }

  public MlirSyntaxException error(int offset, String problem) {
    // Names may be of any length, but messages must not.
    String shortened =
        problem.length() <= LONGEST_PROBLEM
            ? problem
            : problem.substring(0, LONGEST_PROBLEM) + ELLIPSIS;
    return new MlirSyntaxException(this, offset, shortened);
  }
}
