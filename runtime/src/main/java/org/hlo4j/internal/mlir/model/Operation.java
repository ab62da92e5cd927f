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

  /** With its dialect, such as {@code stablehlo.add}, {@code func.call}, {@code func.return}. */
  public String name() {
    return name;
  }

  public boolean is(String expected) {
    return name.equals(expected);
  }

  /**
   * The name without its dialect, if that is StableHLO or {@code mhlo}, its predecessor, which XLA
   * takes as well; empty for others.
   */
  public String kind() {
    for (String dialect : DIALECTS) {
      if (name.startsWith(dialect)) {
        return name.substring(dialect.length());
      }
    }
    return "";
  }

  /** Where the name is, with quotes if it has any. */
  public Span nameSpan() {
    return nameSpan;
  }

  /** Where the operation is, from its results to its location. */
  public Span span() {
    return span;
  }

  /** A refusal of the program because of this operation, at its name. */
  public CompilationException refusal(String why) {
    return source.refusal(nameSpan.start(), "%s is rejected: %s", name, why);
  }

  public String text() {
    return source.slice(span);
  }

  /** The results, in order; also those that the text gives no names. */
  public List<Value> results() {
    return results;
  }

  /**
   * The operands, in the order that their types are in. That is the order of the text, but for a
   * reduction's initial values, which follow all of its inputs.
   */
  public List<Value> operands() {
    return operands;
  }

  public List<Span> operandSpans() {
    return operandSpans;
  }

  /**
   * The types of the operands if the operation writes one for each; otherwise empty, and the
   * operands themselves know their types.
   */
  public List<Type> operandTypes() {
    return operandTypes;
  }

  /** Every symbol that is mentioned outside of its regions, in attributes too, in textual order. */
  public List<SymbolReference> symbols() {
    return symbols;
  }

  /** The name of the function that a call calls; null if this is no call. */
  public @Nullable String callee() {
    if (!is("func.call")) {
      return null;
    }
    // MLIR goes by the attribute, also where other symbols stand before it.
    Attribute callee = attributes.get("callee");
    if (callee != null) {
      return callee.symbol();
    }
    return symbols.isEmpty() ? null : symbols.get(0).name();
  }

  /**
   * The attributes: those in dictionaries, and what a pretty form writes as {@code name = value}. A
   * constant's value is {@code value} in either form.
   */
  public Attributes attributes() {
    return attributes;
  }

  public List<Region> regions() {
    return regions;
  }

  /** Shows this operation and every one in its regions, outer ones first. */
  public void walk(Consumer<Operation> visitor) {
    visitor.accept(this);
    regions.forEach(region -> region.walk(visitor));
  }

  @Override
  public String toString() {
    return name + " at line " + source.line(span.start());
  }
}
