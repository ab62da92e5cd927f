package org.hlo4j.internal.mlir.model;

import java.util.List;
import org.hlo4j.error.CompilationException;
import org.hlo4j.internal.mlir.text.SourceText;
import org.hlo4j.internal.mlir.text.Span;
import org.jspecify.annotations.Nullable;

/**
 * A named attribute. Its value is kept as text and parsed on request, so that unknown attributes
 * and large constants cost nothing.
 */
public abstract class Attribute {
  private final String name;
  private final SourceText source;
  private final Span span;
  private final @Nullable Span valueSpan;

  /**
   * Creates an attribute of a text.
   *
   * @param span the position of the name and the value
   * @param valueSpan the position of the value; null if there is none
   */
  protected Attribute(String name, SourceText source, Span span, @Nullable Span valueSpan) {
    this.name = name;
    this.source = source;
    this.span = span;
    this.valueSpan = valueSpan;
  }

  /** Returns an exception that rejects the program because of this attribute. */
  public final CompilationException refusal(String format, Object... arguments) {
    return source.refusal(span.start(), format, arguments);
  }

  /** Returns the attribute with the same name and the value of an alias. */
  public abstract Attribute withValueOf(Alias alias);

  /** Returns the name, without quotes. */
  public final String name() {
    return name;
  }

  protected final SourceText source() {
    return source;
  }

  public final Span span() {
    return span;
  }

  /** Returns the position of the value; null for a unit attribute. */
  public final @Nullable Span valueSpan() {
    return valueSpan;
  }

  /** Returns the text of the value; empty for a unit attribute. */
  public final String text() {
    return valueSpan == null ? "" : source.slice(valueSpan);
  }

  /** Returns an integer value, such as {@code 1} or {@code -1 : i64}; null for other values. */
  public abstract @Nullable Long integer();

  /** Returns a boolean value, which is true for a unit attribute; null for other values. */
  public abstract @Nullable Boolean bool();

  /** Returns the characters of a string value; null for other values. */
  public abstract @Nullable String string();

  /** Returns the name of a symbol value, such as {@code @main}; null for other values. */
  public abstract @Nullable String symbol();

  /** Returns the attributes of a dictionary value; null for other values. */
  public abstract @Nullable Attributes dictionary();

  /** Returns the dictionaries of a list such as {@code [{}, {a = 1}]}; null for other values. */
  public abstract @Nullable List<Attributes> dictionaries();

  /**
   * Returns the integers of a list, an array or a constant, such as {@code [0, 1]}, {@code
   * array<i64: 0, 1>} or {@code dense<[[0, 1]]> : tensor<1x2xi64>}, row-major; a single integer for
   * a splat. Null for other values and element types.
   */
  public abstract @Nullable List<Long> integers();

  /**
   * Returns the bytes of a constant in hexadecimal form, such as {@code dense<"0x0000803F"> :
   * tensor<1xf32>}; null for other values.
   */
  public abstract byte @Nullable [] bytes();

  @Override
  public final String toString() {
    return valueSpan == null ? name : name + " = " + text();
  }
}
