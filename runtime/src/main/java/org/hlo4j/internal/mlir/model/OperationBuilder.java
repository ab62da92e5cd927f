package org.hlo4j.internal.mlir.model;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.hlo4j.internal.mlir.text.SourceText;
import org.hlo4j.internal.mlir.text.Span;

/** Collects the parts of an operation while it is parsed. */
public final class OperationBuilder {
  final SourceText source;
  final String name;
  final Span nameSpan;
  final List<Attribute> attributes = new ArrayList<>();
  final List<Value> results = new ArrayList<>();

  private final List<ResultName> names;
  private final List<SymbolReference> symbols = new ArrayList<>();
  private final List<Region> regions = new ArrayList<>();
  private final List<Operand> operands = new ArrayList<>();
  private final List<Operand> initialValues = new ArrayList<>();
  private OperationTypes types = OperationTypes.NONE;

  public OperationBuilder(SourceText source, List<ResultName> names, String name, Span nameSpan) {
    this.source = source;
    this.names = names;
    this.name = name;
    this.nameSpan = nameSpan;
  }

  public String name() {
    return name;
  }

  /** Returns the names before the equals sign. */
  public List<ResultName> names() {
    return names;
  }

  /** Returns the list that collects the symbols of the operation. */
  public List<SymbolReference> symbols() {
    return symbols;
  }

  public List<Region> regions() {
    return regions;
  }

  public OperationTypes types() {
    return types;
  }

  public void types(OperationTypes spelled) {
    types = spelled;
  }

  public void region(Region region) {
    regions.add(region);
  }

  public void attribute(Attribute attribute) {
    attributes.add(attribute);
  }

  public void attributes(Attributes added) {
    attributes.addAll(added.list());
  }

  public void operand(Operand operand) {
    operands.add(operand);
  }

  /** Adds an operand after all others, regardless of textual order. */
  public void initialValue(Operand operand) {
    initialValues.add(operand);
  }

  public List<Operand> operands() {
    return Stream.concat(operands.stream(), initialValues.stream()).toList();
  }

  /** Builds the operation, with as many results as there are names, or else types. */
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
    // A short text could otherwise request any number of results, and exhaust the memory.
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
