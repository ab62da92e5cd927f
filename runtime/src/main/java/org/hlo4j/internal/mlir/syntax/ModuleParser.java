package org.hlo4j.internal.mlir.syntax;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hlo4j.internal.mlir.model.Alias;
import org.hlo4j.internal.mlir.model.Attributes;
import org.hlo4j.internal.mlir.model.Function;
import org.hlo4j.internal.mlir.model.MlirModule;
import org.hlo4j.internal.mlir.model.Operation;
import org.hlo4j.internal.mlir.model.OperationBuilder;
import org.hlo4j.internal.mlir.model.SymbolReference;
import org.hlo4j.internal.mlir.model.Type;
import org.hlo4j.internal.mlir.text.MlirLexer;
import org.hlo4j.internal.mlir.text.SourceText;
import org.hlo4j.internal.mlir.text.Span;
import org.hlo4j.internal.mlir.text.Strings;
import org.hlo4j.internal.mlir.text.TokenKind;
import org.jspecify.annotations.Nullable;

/** Parses modules, and whole texts. */
final class ModuleParser {
  private final Parsers parsers;
  private final Cursor cursor;
  private final MlirLexer lexer;

  ModuleParser(Parsers parsers) {
    this.parsers = parsers;
    this.cursor = parsers.cursor;
    this.lexer = cursor.lexer();
  }

  MlirModule parseText() {
    List<Operation> operations = new ArrayList<>();
    while (!lexer.is(TokenKind.END)) {
      if (lexer.is(TokenKind.HASH) || lexer.is(TokenKind.BANG)) {
        alias();
      } else if (lexer.is(TokenKind.METADATA_OPEN)) {
        passMetadata();
      } else if (parsers.operations.atOperation()) {
        operations.add(parsers.operations.parse());
      } else {
        throw cursor.expected("a module or a function");
      }
    }
    MlirModule only = operations.size() == 1 ? parsers.modules.get(operations.get(0)) : null;
    if (only == null) {
      return module("", Attributes.none(), operations, parsers.aliases.list(), null);
    }
    return module(
        only.name(),
        only.attributes(),
        only.operations(),
        parsers.aliases.list(),
        only.operation());
  }

  /** Parses the definition of an alias: {@code #map = ...}, {@code !t = ...}. */
  private void alias() {
    boolean isType = lexer.is(TokenKind.BANG);
    Span name = cursor.here();
    lexer.advance();
    cursor.expect(TokenKind.EQUAL);
    int valueStart = lexer.start();
    Type type = null;
    if (isType || parsers.types.atType()) {
      type = parsers.types.parse();
    } else {
      parsers.attributes.passBare();
      if (cursor.accept(TokenKind.COLON)) {
        parsers.types.parse();
      }
    }
    Span span = cursor.since(name.start());
    Alias alias = new Alias(cursor.source().slice(name), span, cursor.since(valueStart));
    parsers.aliases.add(alias, type);
  }

  private void passMetadata() {
    int start = lexer.start();
    while (!lexer.is(TokenKind.METADATA_CLOSE)) {
      if (lexer.is(TokenKind.END)) {
        throw cursor.source().error(start, "'{-#' is never closed");
      }
      lexer.advance();
    }
    lexer.advance();
  }

  /** Parses a module in its pretty form and returns it as an operation. */
  Operation parse() {
    int start = lexer.start();
    OperationBuilder builder =
        new OperationBuilder(cursor.source(), List.of(), "builtin.module", cursor.here());
    List<SymbolReference> outer = cursor.collectSymbols(builder.symbols());
    lexer.advance();
    String name = lexer.is(TokenKind.SYMBOL) ? Strings.symbolName(lexer.text()) : "";
    cursor.accept(TokenKind.SYMBOL);
    Attributes attributes =
        cursor.acceptWord("attributes") ? parsers.attributes.dictionary() : Attributes.none();
    builder.attributes(attributes);
    cursor.check(TokenKind.LEFT_BRACE);
    builder.region(parsers.regions.parse(List.of(), true));
    cursor.acceptLocation();
    cursor.collectSymbols(outer);
    Operation operation = builder.build(cursor.since(start));
    remember(name, attributes, operation);
    return operation;
  }

  /** Finds the module in an operation in the generic form. */
  void describe(Operation operation) {
    String name = operation.attributes().string("sym_name");
    remember(name == null ? "" : name, operation.attributes(), operation);
  }

  private void remember(String name, Attributes attributes, Operation operation) {
    List<Operation> operations =
        operation.regions().stream()
            .flatMap(region -> region.blocks().stream())
            .flatMap(block -> block.operations().stream())
            .toList();
    parsers.modules.put(operation, module(name, attributes, operations, List.of(), operation));
  }

  private MlirModule module(
      String name,
      Attributes attributes,
      List<Operation> operations,
      List<Alias> aliases,
      @Nullable Operation module) {
    List<Function> functions = new ArrayList<>();
    List<MlirModule> modules = new ArrayList<>();
    Map<String, Function> byName = new HashMap<>();
    for (Operation operation : operations) {
      Function function = parsers.functions.get(operation);
      if (function != null) {
        checkUnique(function, byName.put(function.name(), function));
        functions.add(function);
      }
      MlirModule nested = parsers.modules.get(operation);
      if (nested != null) {
        modules.add(nested);
      }
    }
    return new MlirModule(
        name, attributes, functions, modules, operations, aliases, module, cursor.source());
  }

  private void checkUnique(Function function, @Nullable Function before) {
    if (before != null) {
      SourceText source = cursor.source();
      Function.SignatureSpans signature = function.signature();
      throw source.error(
          signature == null ? function.span().start() : signature.name().start(),
          "@%s is already defined in line %d",
          function.name(),
          source.line(before.span().start()));
    }
  }
}
