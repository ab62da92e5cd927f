package org.hlo4j.internal.mlir.model;

import java.util.List;
import org.hlo4j.internal.mlir.text.SourceText;
import org.hlo4j.internal.mlir.text.Span;
import org.jspecify.annotations.Nullable;

/**
 * A named attribute. Its value is kept as text and parsed on request, so that unknown attributes
 * and large constants cost nothing.
 */
public final class Attribute {
  private final String name;
  private final SourceText source;
  private final Span span;
  private final @Nullable Span valueSpan;
  private final AttributeValue.Reader reader;

  /**
   * An attribute of a text.
   *
   * @param span where the name and the value are
   * @param valueSpan where the value is; null if there is none
   * @param reader reads the value when it is asked for
   */
  public Attribute(
      String name,
      SourceText source,
      Span span,
      @Nullable Span valueSpan,
      AttributeValue.Reader reader) {
    this.name = name;
    this.source = source;
    this.span = span;
    this.valueSpan = valueSpan;
    this.reader = reader;
  }

  /** The attribute of the same name with the value that an alias stands for. */
  public Attribute withValueOf(Alias alias) {
    return new Attribute(name, source, alias.span(), alias.valueSpan(), reader);
  }

  /** The name, without quotes. */
  public String name() {
    return name;
  }

  /** Where the name and the value are. */
  public Span span() {
    return span;
  }

  /** Where the value is; null if there is none, because the name says all. */
  public @Nullable Span valueSpan() {
    return valueSpan;
  }

  /** Whether there is no value, because the name says all. */
  public boolean isUnit() {
    return valueSpan == null;
  }

  /** The value as the text has it; empty if there is none. */
  public String text() {
    return valueSpan == null ? "" : source.slice(valueSpan);
  }

  /** The value if it is an integer, such as {@code 1} or {@code -1 : i64}; null if it is not. */
  public @Nullable Long integer() {
    AttributeValue value = value();
    return value == null ? null : value.integer();
  }

  /** The value if it is {@code true} or {@code false}, or there is none; null if it is not. */
  public @Nullable Boolean bool() {
    AttributeValue value = value();
    return value == null ? Boolean.TRUE : value.bool();
  }

  /** The characters of the value if it is a string; null if it is not. */
  public @Nullable String string() {
    AttributeValue value = value();
    return value == null ? null : value.string();
  }

  /** The name of the symbol if the value is one, such as {@code @main}; null if it is not. */
  public @Nullable String symbol() {
    AttributeValue value = value();
    return value == null ? null : value.symbol();
  }

  /** The attributes in the value if it is a dictionary; null if it is not. */
  public @Nullable Attributes dictionary() {
    AttributeValue value = value();
    return value == null ? null : value.dictionary();
  }

  /** The dictionaries of a list such as {@code [{}, {a = 1}]}; null if the value is none. */
  public @Nullable List<Attributes> dictionaries() {
    AttributeValue value = value();
    return value == null ? null : value.dictionaries();
  }

  /**
   * The integers of a list, an array or a constant, such as {@code [0, 1]}, {@code array<i64: 0,
   * 1>} or {@code dense<[[0, 1]]> : tensor<1x2xi64>}, row-major; one integer for a constant that is
   * the same everywhere. Null if the value is none of these, or holds anything but integers.
   */
  public @Nullable List<Long> integers() {
    AttributeValue value = value();
    return value == null ? null : value.integers();
  }

  /**
   * The bytes of a constant that is written as one hexadecimal string, such as {@code
   * dense<"0x0000803F"> : tensor<1xf32>}; null if the value is none.
   */
  public byte @Nullable [] bytes() {
    AttributeValue value = value();
    return value == null ? null : value.bytes();
  }

  private @Nullable AttributeValue value() {
    return valueSpan == null ? null : reader.read(source, valueSpan);
  }

  @Override
  public String toString() {
    return valueSpan == null ? name : name + " = " + text();
  }
}
