package org.hlo4j.internal.mlir.model;

import java.util.ArrayList;
import java.util.List;
import org.hlo4j.internal.mlir.text.SourceText;
import org.hlo4j.internal.mlir.text.Span;

/** Collects the parts of an operation while it is parsed. */
public final class OperationBuilder {
  private final SourceText source;
  private final List<ResultName> names;
  private final String name;
  private final Span nameSpan;
  private final List<SymbolReference> symbols = new ArrayList<>();
  private final List<Region> regions = new ArrayList<>();
  private final List<Attribute> attributes = new ArrayList<>();
  private OperationTypes types = OperationTypes.NONE;

  private final List<Value> operands = new ArrayList<>();
  private final List<Span> operandSpans = new ArrayList<>();
  private final List<Value> initialValues = new ArrayList<>();
  private final List<Span> initialSpans = new ArrayList<>();
  private final List<Value> results = new ArrayList<>();

  /** A builder of an operation whose results and name have been read. */
  public OperationBuilder(SourceText source, List<ResultName> names, String name, Span nameSpan) {
    this.source = source;
    this.names = names;
    this.name = name;
    this.nameSpan = nameSpan;
  }

  SourceText source() {
    return source;
  }

  Span nameSpan() {
    return nameSpan;
  }

  /** The name, with its dialect. */
  public String name() {
    return name;
  }

  /** The names before the equals sign. */
  public List<ResultName> names() {
    return names;
  }

  /** Where the symbols are collected that the operation refers to. */
  public List<SymbolReference> symbols() {
    return symbols;
  }

  /** The regions so far. */
  public List<Region> regions() {
    return regions;
  }

  List<Attribute> attributes() {
    return attributes;
  }

  /** The types that the operation spells out. */
  public OperationTypes types() {
    return types;
  }

  /** Sets the types that the operation spells out. */
  public void types(OperationTypes spelled) {
    types = spelled;
  }

  /** Adds a region. */
  public void region(Region region) {
    regions.add(region);
  }

  /** Adds an attribute. */
  public void attribute(Attribute attribute) {
    attributes.add(attribute);
  }

  /** Adds attributes. */
  public void attributes(Attributes added) {
    attributes.addAll(added.list());
  }

  /** Adds an operand. */
  public void operand(Value value, Span span) {
    operands.add(value);
    operandSpans.add(span);
  }

  /** An operand that comes after all others, wherever the text has it. */
  public void initialValue(Value value, Span span) {
    initialValues.add(value);
    initialSpans.add(span);
  }

  /** The operands, in the order of their types. */
  public List<Value> operands() {
    return join(operands, initialValues);
  }

  List<Span> operandSpans() {
    return join(operandSpans, initialSpans);
  }

  private static <T> List<T> join(List<T> first, List<T> second) {
    List<T> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }

  /** The results: as many as have names, or else as many as have types. */
  List<Value> results() {
    return results;
  }

  /** Finishes the operation. */
  public Operation build(Span span) {
    long count = names.stream().mapToLong(ResultName::count).sum();
    if (types.functional() && !names.isEmpty() && count != types.results().size()) {
      throw source.error(
          names.get(0).span().start(),
          "'%s' has %d results, but %d are named",
          name,
          types.results().size(),
          count);
    }
    // A count is cheap to write: without this, a short text could ask for any amount of memory.
    if (!types.functional() && count > types.inputs().size() + operands.size() + 16) {
      throw source.error(names.get(0).span().start(), "'%s' does not have %d results", name, count);
    }
    if (types.functional() && names.isEmpty()) {
      types.results().forEach(type -> results.add(new Value("", null, type, results.size())));
    }
    for (ResultName result : names) {
      for (int i = 0; i < result.count(); i++) {
        String of = result.count() == 1 ? result.name() : result.name() + "#" + i;
        int index = results.size();
        results.add(new Value(of, result.span(), types.resultType(index, count), index));
      }
    }
    return new Operation(this, span);
  }
}
