package org.hlo4j.internal.mlir.model;

import java.util.List;
import org.hlo4j.internal.mlir.text.SourceText;
import org.hlo4j.internal.mlir.text.Span;
import org.jspecify.annotations.Nullable;

/**
 * The value of an attribute, read as one kind of value: one method is called on an instance, and
 * returns null if the value is of another kind.
 */
public interface AttributeValue {
  /** Reads the text of values. */
  @FunctionalInterface
  interface Reader {
    /** Starts to read the value at a span. */
    AttributeValue read(SourceText source, Span span);
  }

  /** An integer, such as {@code 1} or {@code -1 : i64}. */
  @Nullable Long integer();

  /** {@code true} or {@code false}. */
  @Nullable Boolean bool();

  /** The characters of a string. */
  @Nullable String string();

  /** The name of a symbol, such as {@code @main}. */
  @Nullable String symbol();

  /** The attributes in a dictionary. */
  @Nullable Attributes dictionary();

  /** The dictionaries of a list. */
  @Nullable List<Attributes> dictionaries();

  /** The integers of a list, an array or a constant, row-major. */
  @Nullable List<Long> integers();

  /** The bytes of a constant that is written as one hexadecimal string. */
  byte @Nullable [] bytes();
}
