package org.hlo4j.processor.pipeline.link;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hlo4j.internal.mlir.model.Alias;
import org.hlo4j.internal.mlir.model.Attribute;
import org.hlo4j.internal.mlir.model.Attributes;
import org.hlo4j.internal.mlir.model.Function;
import org.hlo4j.internal.mlir.model.FunctionArgument;
import org.hlo4j.internal.mlir.model.MlirModule;
import org.hlo4j.internal.mlir.model.Operation;
import org.hlo4j.internal.mlir.text.SourceText;
import org.hlo4j.internal.mlir.text.Span;
import org.hlo4j.processor.pipeline.graph.Callee;

/**
 * Links kernels' programs into one module: each function once, under a unique name, with its
 * attributes, constants, and referenced symbols. Properties of a program as a whole, such as
 * donations, are dropped. Not thread-safe.
 */
final class Linker {
  private static final Set<String> OF_WHOLE_PROGRAMS =
      Set.of("tf.aliasing_output", "jax.buffer_donor");

  private final Map<String, Linked> linked = new LinkedHashMap<>();
  private final Set<String> symbols = new HashSet<>(Set.of("main"));
  private final Set<String> aliases = new HashSet<>();

  private final List<String> aliasTexts = new ArrayList<>();

  /** The names of symbols other than functions, by content, without duplicates. */
  private final Map<String, String> shared = new HashMap<>();

  private final List<String> symbolTexts = new ArrayList<>();

  private final List<String> functions = new ArrayList<>();
  private final Set<String> called = new HashSet<>();

  /** A program under its new names. */
  private record Linked(Callee callee, Map<String, String> names) {
    String rename(String text) {
      return Renamer.rename(text, name -> names.getOrDefault(name, name));
    }
  }

  /** Returns the symbol of a kernel's main function, with its sigil, for a call. */
  String symbol(Callee callee) {
    called.add(callee.name());
    return link(callee).names.getOrDefault("@main", "@main");
  }

  /** Returns a piece of a kernel's program, with this module's names. */
  String rename(Callee callee, String text) {
    return link(callee).rename(text);
  }

  /** Adds a function that belongs to no kernel. */
  String add(String name, String signatureAndBody) {
    String symbol = fresh(name, symbols);
    functions.add("func.func private @%s%s".formatted(symbol, signatureAndBody));
    return "@" + symbol;
  }

  private Linked link(Callee callee) {
    Linked known = linked.get(callee.name());
    if (known == null) {
      known = new Linked(callee, new HashMap<>());
      linked.put(callee.name(), known);
      name(known);
    }
    return known;
  }

  private void name(Linked program) {
    MlirModule module = program.callee.module();
    for (Alias alias : module.aliases()) {
      String mark = alias.name().substring(0, 1);
      program.names.put(
          alias.name(),
          mark + fresh(plain(program.callee.name()) + alias.name().substring(1), aliases));
    }
    for (Function function : module.functions()) {
      boolean isMain = function.name().equals("main");
      String wanted =
          isMain ? program.callee.name() : program.callee.name() + "_" + function.name();
      put(program, function.name(), fresh(plain(wanted), symbols));
    }
    for (Operation operation : module.operations()) {
      boolean isFunction =
          module.functions().stream().anyMatch(function -> function.operation().equals(operation));
      if (!isFunction && !operation.symbols().isEmpty()) {
        name(program, operation);
      }
    }
    SourceText source = module.source();
    for (Alias alias : module.aliases()) {
      // Aliases may contain symbols, which are named by now.
      aliasTexts.add(program.rename(source.slice(alias.span())));
    }
  }

  /** Names a symbol other than a function, such as Shardy's mesh; equal ones are merged. */
  private void name(Linked program, Operation operation) {
    String symbol = operation.symbols().get(0).name();
    String text = program.rename(operation.text());
    String key = Renamer.rename(text, name -> name.equals("@" + symbol) ? "@" : name);
    String known = shared.get(key);
    if (known == null) {
      known = fresh(plain(symbol), symbols);
      String name = "@" + known;
      shared.put(key, known);
      symbolTexts.add(Renamer.rename(text, mark -> mark.equals("@" + symbol) ? name : mark));
    }
    put(program, symbol, known);
  }

  private static void put(Linked program, String symbol, String name) {
    program.names.put("@" + symbol, "@" + name);
    program.names.put("@\"" + symbol + "\"", "@" + name);
  }

  private static String plain(String symbol) {
    return symbol.replaceAll("[^A-Za-z0-9_$.]", "_");
  }

  private static String fresh(String wanted, Set<String> taken) {
    String name = wanted;
    for (int i = 2; !taken.add(name); i++) {
      name = wanted + "_" + i;
    }
    return name;
  }

  /** Returns the aliases of attributes and types, which precede the module. */
  List<String> aliases() {
    return List.copyOf(aliasTexts);
  }

  List<String> symbols() {
    return List.copyOf(symbolTexts);
  }

  /** Returns the functions, each on lines of its own. */
  List<String> functions() {
    List<String> texts = new ArrayList<>();
    for (Linked program : linked.values()) {
      if (!called.contains(program.callee.name())) {
        continue;
      }
      for (Function function : program.callee.module().functions()) {
        texts.add(program.rename(text(program.callee.module().source(), function)));
      }
    }
    texts.addAll(functions);
    return texts;
  }

  private static String text(SourceText source, Function function) {
    Function.SignatureSpans signature = function.signature();
    if (signature == null) {
      throw new IllegalStateException(function + " has no signature in the text");
    }
    StringBuilder text = new StringBuilder("func.func private ");
    text.append(source.slice(signature.name())).append('(');
    String separator = "";
    for (FunctionArgument argument : function.arguments()) {
      text.append(separator).append(argument(source, argument));
      separator = ", ";
    }
    int rest = Math.max(signature.results().start(), signature.arguments().end());
    text.append(')').append(source.slice(new Span(rest, function.span().end())));
    return outdented(text.toString(), source.column(function.span().start()) - 1);
  }

  /** Removes a module's common indentation from all lines but the first. */
  private static String outdented(String text, int columns) {
    return columns == 0 ? text : text.replaceAll("\n {1,%s}".formatted(columns), "\n");
  }

  private static String argument(SourceText source, FunctionArgument argument) {
    Attributes attributes = argument.attributes();
    Span span = attributes.span();
    if (span == null) {
      return source.slice(argument.span());
    }
    List<String> kept = new ArrayList<>();
    for (Attribute attribute : attributes) {
      if (!OF_WHOLE_PROGRAMS.contains(attribute.name())) {
        kept.add(source.slice(attribute.span()));
      }
    }
    return source.slice(new Span(argument.span().start(), argument.typeSpan().end()))
        + (kept.isEmpty() ? "" : " {" + String.join(", ", kept) + "}")
        + source.slice(new Span(span.end(), argument.span().end()));
  }
}
