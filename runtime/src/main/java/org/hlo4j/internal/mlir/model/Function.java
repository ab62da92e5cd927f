package org.hlo4j.internal.mlir.model;

import java.util.List;
import java.util.function.Consumer;
import org.hlo4j.internal.mlir.text.Span;
import org.jspecify.annotations.Nullable;

/**
 * A function.
 *
 * @param name without the {@code @}
 * @param isPrivate whether only its module may call it
 * @param arguments the arguments, in order
 * @param results the results, in order
 * @param attributes the attributes, without those that have their own syntax in the pretty form
 * @param operation the function as an operation; its region is the body
 * @param signature the positions of name, arguments and results; null in the generic form, which
 *     has them in attributes
 */
public record Function(
    String name,
    boolean isPrivate,
    List<FunctionArgument> arguments,
    List<FunctionResult> results,
    Attributes attributes,
    Operation operation,
    @Nullable SignatureSpans signature) {
  public Function {
    arguments = List.copyOf(arguments);
    results = List.copyOf(results);
  }

  /**
   * The positions of the parts of a function's signature.
   *
   * @param name the name, with the {@code @}
   * @param arguments the arguments, with their parentheses
   * @param results the arrow and the results; empty, and after the arguments, if there are none
   */
  public record SignatureSpans(Span name, Span arguments, Span results) {}

  /** Returns the body, or null for a declaration, whose region is empty in the generic form. */
  public @Nullable Region body() {
    Region body = operation.regions().isEmpty() ? null : operation.regions().get(0);
    return body == null || body.blocks().isEmpty() ? null : body;
  }

  public boolean isDeclaration() {
    return body() == null;
  }

  public @Nullable Operation returnOperation() {
    Region body = body();
    if (body == null) {
      return null;
    }
    for (Block block : body.blocks()) {
      Operation last = block.terminator();
      if (last != null && (last.is("func.return") || last.is("stablehlo.return"))) {
        return last;
      }
    }
    return null;
  }

  public List<Type> argumentTypes() {
    return arguments.stream().map(FunctionArgument::type).toList();
  }

  public List<Type> resultTypes() {
    return results.stream().map(FunctionResult::type).toList();
  }

  public FunctionType type() {
    return new FunctionType(argumentTypes(), resultTypes());
  }

  public Span span() {
    return operation.span();
  }

  /** Visits every operation of the body, outer ones before those in their regions. */
  public void walk(Consumer<Operation> visitor) {
    Region body = body();
    if (body != null) {
      body.walk(visitor);
    }
  }

  @Override
  public String toString() {
    return "@" + name + " : " + type();
  }
}
