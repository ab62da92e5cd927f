package org.hlo4j.internal.mlir.model;

import java.util.List;
import java.util.function.Consumer;
import org.hlo4j.internal.mlir.text.SourceText;
import org.hlo4j.internal.mlir.text.Span;
import org.jspecify.annotations.Nullable;

/**
 * A module, or a program that is written as functions without a module.
 *
 * @param name without the {@code @}; empty if it has none
 * @param attributes the attributes
 * @param functions the functions, in order
 * @param modules the modules in this one, in order
 * @param operations everything in it, in order: functions, modules, and others such as {@code
 *     sdy.mesh}
 * @param aliases the aliases of the whole text; empty for a module in another
 * @param operation the module as an operation, or null if the program is written without one
 * @param source the text
 */
public record MlirModule(
    String name,
    Attributes attributes,
    List<Function> functions,
    List<MlirModule> modules,
    List<Operation> operations,
    List<Alias> aliases,
    @Nullable Operation operation,
    SourceText source) {
  public MlirModule {
    functions = List.copyOf(functions);
    modules = List.copyOf(modules);
    operations = List.copyOf(operations);
    aliases = List.copyOf(aliases);
  }

  public @Nullable Function function(String named) {
    for (Function function : functions) {
      if (function.name().equals(named)) {
        return function;
      }
    }
    return null;
  }

  /** The value of the alias that a text names, or else the text itself. */
  public String expand(String text) {
    Alias named = alias(text);
    return named == null ? text : source.slice(named.valueSpan());
  }

  public @Nullable Alias alias(String named) {
    for (Alias alias : aliases) {
      if (alias.name().equals(named)) {
        return alias;
      }
    }
    return null;
  }

  /** Shows every operation of the functions' bodies, outer ones before those in their regions. */
  public void walk(Consumer<Operation> visitor) {
    functions.forEach(function -> function.walk(visitor));
  }

  /** Where the module is; the whole text if the program is written without one. */
  public Span span() {
    return operation == null ? new Span(0, source.length()) : operation.span();
  }

  @Override
  public String toString() {
    return "module @" + name + " " + functions;
  }
}
