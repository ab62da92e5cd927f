package org.hlo4j.internal.mlir.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.hlo4j.internal.mlir.text.SourceText;
import org.hlo4j.internal.mlir.text.Span;

/** What is known so far of the operation that is being read. */
public final class OperationBuilder {
  final SourceText source;
  public final List<ResultName> names;
  public final String name;
  final Span nameSpan;
  public final List<SymbolReference> symbols = new ArrayList<>();
  public final List<Region> regions = new ArrayList<>();
  public final List<Attribute> attributes = new ArrayList<>();
  public OperationTypes signature = OperationTypes.NONE;

  private final List<Value> operands = new ArrayList<>();
  private final List<Span> operandSpans = new ArrayList<>();
  private final List<Value> initialValues = new ArrayList<>();
  private final List<Span> initialSpans = new ArrayList<>();
  private final List<Value> results = new ArrayList<>();

  public OperationBuilder(SourceText source, List<ResultName> names, String name, Span nameSpan) {
    this.source = source;
    this.names = names;
    this.name = name;
    this.nameSpan = nameSpan;
  }

  public void operand(Value value, Span span) {
    operands.add(value);
    operandSpans.add(span);
  }

  /** An operand that comes after all others, wherever the text has it. */
  public void initialValue(Value value, Span span) {
    initialValues.add(value);
    initialSpans.add(span);
  }

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
    if (signature.functional() && !names.isEmpty() && count != signature.results().size()) {
      throw source.error(
          names.get(0).span().start(),
          String.format(
              Locale.ROOT,
              "'%s' has %d results, but %d are named",
              name,
              signature.results().size(),
              count));
    }
    // A count is cheap to write: without this, a short text could ask for any amount of memory.
    if (!signature.functional() && count > signature.inputs().size() + operands.size() + 16) {
      throw source.error(
          names.get(0).span().start(),
          String.format(Locale.ROOT, "'%s' does not have %d results", name, count));
    }
    if (signature.functional() && names.isEmpty()) {
      signature.results().forEach(type -> results.add(new Value("", null, type, results.size())));
    }
    for (ResultName result : names) {
      for (int i = 0; i < result.count(); i++) {
        String of = result.count() == 1 ? result.name() : result.name() + "#" + i;
        int index = results.size();
        results.add(new Value(of, result.span(), signature.resultType(index, count), index));
      }
    }
    return new Operation(this, span);
  }
}
