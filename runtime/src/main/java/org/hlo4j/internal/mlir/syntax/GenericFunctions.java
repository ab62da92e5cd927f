package org.hlo4j.internal.mlir.syntax;

import java.util.ArrayList;
import java.util.List;
import org.hlo4j.internal.mlir.model.Attribute;
import org.hlo4j.internal.mlir.model.Attributes;
import org.hlo4j.internal.mlir.model.Block;
import org.hlo4j.internal.mlir.model.Function;
import org.hlo4j.internal.mlir.model.FunctionArgument;
import org.hlo4j.internal.mlir.model.FunctionResult;
import org.hlo4j.internal.mlir.model.FunctionType;
import org.hlo4j.internal.mlir.model.Operation;
import org.hlo4j.internal.mlir.model.Type;
import org.hlo4j.internal.mlir.model.Value;
import org.hlo4j.internal.mlir.text.SourceText;
import org.hlo4j.internal.mlir.text.Span;
import org.jspecify.annotations.Nullable;

/** Converts operations in the generic form, whose signatures are attributes, to functions. */
final class GenericFunctions {
  private GenericFunctions() {}

  /** Adds the function that an operation is, if its attributes say enough. */
  static void describe(Operation operation, Parsers parsers) {
    SourceText source = parsers.cursor.source();
    Attributes attributes = operation.attributes();
    String name = attributes.string("sym_name");
    Span typeSpan = spanOf(attributes.get("function_type"));
    if (name == null || typeSpan == null) {
      throw source.error(
          operation.span().start(), "a function needs a sym_name and a function_type");
    }
    FunctionType type = functionType(parsers, typeSpan);
    parsers.functions.put(
        operation,
        new Function(
            name,
            "private".equals(attributes.string("sym_visibility")),
            arguments(source, operation, type, typeSpan),
            results(operation, type, typeSpan),
            attributes,
            operation,
            null));
  }

  private static @Nullable Span spanOf(@Nullable Attribute attribute) {
    return attribute == null ? null : attribute.valueSpan();
  }

  private static FunctionType functionType(Parsers parsers, Span span) {
    SourceText source = parsers.cursor.source();
    Type type = new TypeParser(new Cursor(source, span.start()), parsers.aliases).parse();
    if (type instanceof FunctionType function) {
      return function;
    }
    throw source.error(span.start(), "function_type is not a function type");
  }

  private static List<FunctionArgument> arguments(
      SourceText source, Operation operation, FunctionType type, Span span) {
    List<Attributes> attributes = dictionaries(operation, "arg_attrs");
    Block entry = operation.regions().isEmpty() ? null : operation.regions().get(0).entry();
    if (entry != null && entry.arguments().size() != type.inputs().size()) {
      throw source.error(
          span.start(),
          "the function takes %d arguments, but its body has %d",
          type.inputs().size(),
          entry.arguments().size());
    }
    List<FunctionArgument> arguments = new ArrayList<>();
    for (Type input : type.inputs()) {
      int index = arguments.size();
      Value value = entry == null ? null : entry.arguments().get(index);
      arguments.add(new FunctionArgument(value, input, at(attributes, index), span, span, null));
    }
    return arguments;
  }

  private static List<FunctionResult> results(Operation operation, FunctionType type, Span span) {
    List<Attributes> attributes = dictionaries(operation, "res_attrs");
    List<FunctionResult> results = new ArrayList<>();
    for (Type result : type.results()) {
      results.add(new FunctionResult(result, at(attributes, results.size()), span, span));
    }
    return results;
  }

  private static Attributes at(List<Attributes> list, int index) {
    return index < list.size() ? list.get(index) : Attributes.none();
  }

  private static List<Attributes> dictionaries(Operation operation, String name) {
    Attribute attribute = operation.attributes().get(name);
    List<Attributes> dictionaries = attribute == null ? null : attribute.dictionaries();
    return dictionaries == null ? List.of() : dictionaries;
  }
}
