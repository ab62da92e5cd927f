package org.hlo4j.internal.mlir.model;

import java.util.List;
import java.util.function.Consumer;
import org.hlo4j.error.CompilationException;
import org.hlo4j.internal.mlir.text.SourceText;
import org.hlo4j.internal.mlir.text.Span;
import org.jspecify.annotations.Nullable;

/** An operation of any dialect. Compared by identity. Immutable. */
public final class Operation {
  private static final List<String> DIALECTS = List.of("stablehlo.", "mhlo.");

  private final String name;
  private final Span nameSpan;
  private final Span span;
  private final List<Value> results;
  private final List<Value> operands;
  private final List<Span> operandSpans;
  private final List<Type> operandTypes;
  private final List<SymbolReference> symbols;
  private final Attributes attributes;
  private final List<Region> regions;
  private final SourceText source;

  Operation(OperationBuilder builder, Span span) {
    List<Operand> used = builder.operands();
    this.name = builder.name;
    this.nameSpan = builder.nameSpan;
    this.span = span;
    this.results = List.copyOf(builder.results);
    this.operands = used.stream().map(Operand::value).toList();
    this.operandSpans = used.stream().map(Operand::span).toList();
    this.operandTypes = List.copyOf(builder.types().operandTypes(used.size()));
    this.symbols = List.copyOf(builder.symbols());
    this.attributes = new Attributes(builder.attributes, null);
    this.regions = List.copyOf(builder.regions());
    this.source = builder.source;
    results.forEach(result -> result.define(this));
    for (int i = 0; i < operands.size(); i++) {
      operands.get(i).use(this, i);
    }
  }

  /** Returns the name with its dialect, such as {@code stablehlo.add}, {@code func.call}. */
  public String name() {
    return name;
  }

  public boolean is(String expected) {
    return name.equals(expected);
  }

  /**
   * Returns the name without its dialect, for StableHLO and its predecessor {@code mhlo}, which XLA
   * also accepts; empty for other dialects.
   */
  public String kind() {
    for (String dialect : DIALECTS) {
      if (name.startsWith(dialect)) {
        return name.substring(dialect.length());
      }
    }
    return "";
  }

  /** Returns the position of the name, with its quotes, if any. */
  public Span nameSpan() {
    return nameSpan;
  }

  /** Returns the position, from the results to the location. */
  public Span span() {
    return span;
  }

  /** Returns an exception that rejects the program at this operation's name. */
  public CompilationException refusal(String why) {
    return source.refusal(nameSpan.start(), "%s is rejected: %s", name, why);
  }

  public String text() {
    return source.slice(span);
  }

  /** Returns the results, in order, including unnamed ones. */
  public List<Value> results() {
    return results;
  }

  /**
   * Returns the operands, in the order of their types: textual order, except that a reduction's
   * initial values follow all of its inputs.
   */
  public List<Value> operands() {
    return operands;
  }

  public List<Span> operandSpans() {
    return operandSpans;
  }

  /** Returns the operands' types if the operation's syntax has one for each, else an empty list. */
  public List<Type> operandTypes() {
    return operandTypes;
  }

  /** Returns the symbols outside of its regions, also in attributes, in textual order. */
  public List<SymbolReference> symbols() {
    return symbols;
  }

  /** Returns the function that a call calls; null for other operations. */
  public @Nullable String callee() {
    if (!is("func.call")) {
      return null;
    }
    // MLIR uses the attribute, even if other symbols precede it.
    Attribute callee = attributes.get("callee");
    if (callee != null) {
      return callee.symbol();
    }
    return symbols.isEmpty() ? null : symbols.get(0).name();
  }

  /**
   * Returns the attributes, in dictionaries or, in the pretty form, as {@code name = value}. A
   * constant's value is {@code value} in either form.
   */
  public Attributes attributes() {
    return attributes;
  }

  public List<Region> regions() {
    return regions;
  }

  /** Visits this operation and every one in its regions, outer ones first. */
  public void walk(Consumer<Operation> visitor) {
    visitor.accept(this);
    regions.forEach(region -> region.walk(visitor));
  }

  @Override
  public String toString() {
    return name + " at line " + source.line(span.start());
  }
}
