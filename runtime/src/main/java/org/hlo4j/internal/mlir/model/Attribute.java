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
   * An attribute of a text.
   *
   * @param span where the name and the value are
   * @param valueSpan where the value is; null if there is none
   */
  protected Attribute(String name, SourceText source, Span span, @Nullable Span valueSpan) {
    this.name = name;
    this.source = source;
    this.span = span;
    this.valueSpan = valueSpan;
  }

  /** A refusal of the program because of this attribute, which {@link String#format} makes. */
  public final CompilationException refusal(String format, Object... arguments) {
    return source.refusal(span.start(), format, arguments);
  }

  /** The attribute of the same name with the value that an alias stands for. */
  public abstract Attribute withValueOf(Alias alias);

  /** The name, without quotes. */
  public final String name() {
    return name;
  }

  protected final SourceText source() {
    return source;
  }

  public final Span span() {
    return span;
  }

  /** Where the value is; null if there is none, because the name says all. */
  public final @Nullable Span valueSpan() {
    return valueSpan;
  }

  /** The value as the text has it; empty if there is none. */
  public final String text() {
    return valueSpan == null ? "" : source.slice(valueSpan);
  }

  /** The value if it is an integer, such as {@code 1} or {@code -1 : i64}; null if it is not. */
  public abstract @Nullable Long integer();

  /** The value if it is {@code true} or {@code false}, or there is none; null if it is not. */
  public abstract @Nullable Boolean bool();

  /** The characters of the value if it is a string; null if it is not. */
  public abstract @Nullable String string();

  /** The name of the symbol if the value is one, such as {@code @main}; null if it is not. */
  public abstract @Nullable String symbol();

  /** The attributes in the value if it is a dictionary; null if it is not. */
  public abstract @Nullable Attributes dictionary();

  /** The dictionaries of a list such as {@code [{}, {a = 1}]}; null if the value is none. */
  public abstract @Nullable List<Attributes> dictionaries();

  /**
   * The integers of a list, an array or a constant, such as {@code [0, 1]}, {@code array<i64: 0,
   * 1>} or {@code dense<[[0, 1]]> : tensor<1x2xi64>}, row-major; one integer for a constant that is
   * the same everywhere. Null if the value is none of these, or holds anything but integers.
   */
  public abstract @Nullable List<Long> integers();

  /**
   * The bytes of a constant that is written as one hexadecimal string, such as {@code
   * dense<"0x0000803F"> : tensor<1xf32>}; null if the value is none.
   */
  public abstract byte @Nullable [] bytes();

  @Override
  public final String toString() {
    return valueSpan == null ? name : name + " = " + text();
  }
}
