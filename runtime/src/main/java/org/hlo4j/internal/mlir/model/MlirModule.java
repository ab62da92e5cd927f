package org.hlo4j.internal.mlir.model;

import java.util.List;
import java.util.function.Consumer;
import org.hlo4j.internal.mlir.text.SourceText;
import org.hlo4j.internal.mlir.text.Span;
import org.jspecify.annotations.Nullable;

/**
 * A module, or a program of functions without a module.
 *
 * @param name without the {@code @}; empty if it has none
 * @param attributes the attributes
 * @param functions the functions, in order
 * @param modules the nested modules, in order
 * @param operations all contents, in order: functions, modules, and others such as {@code sdy.mesh}
 * @param aliases the aliases of the whole text; empty for a nested module
 * @param operation the module as an operation, or null if there is no module
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

  /** Returns the value of the alias in a text, or else the text itself. */
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

  /** Visits every operation of the functions' bodies, outer ones before those in their regions. */
  public void walk(Consumer<Operation> visitor) {
    functions.forEach(function -> function.walk(visitor));
  }

  /** Returns the position of the module; the whole text if there is no module. */
  public Span span() {
    return operation == null ? new Span(0, source.length()) : operation.span();
  }

  @Override
  public String toString() {
    return "module @" + name + " " + functions;
  }
}
