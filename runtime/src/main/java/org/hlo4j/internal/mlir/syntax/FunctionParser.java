package org.hlo4j.internal.mlir.syntax;

import java.util.ArrayList;
import java.util.List;
import org.hlo4j.internal.mlir.model.Attributes;
import org.hlo4j.internal.mlir.model.Block;
import org.hlo4j.internal.mlir.model.Function;
import org.hlo4j.internal.mlir.model.Operation;
import org.hlo4j.internal.mlir.model.OperationBuilder;
import org.hlo4j.internal.mlir.model.Region;
import org.hlo4j.internal.mlir.model.SymbolReference;
import org.hlo4j.internal.mlir.model.Value;
import org.hlo4j.internal.mlir.text.MlirLexer;
import org.hlo4j.internal.mlir.text.SourceText;
import org.hlo4j.internal.mlir.text.Span;
import org.hlo4j.internal.mlir.text.TokenKind;

/** Parses functions in their pretty form. */
final class FunctionParser {
  private final Parsers parsers;
  private final Cursor cursor;
  private final MlirLexer lexer;
  private final SourceText source;

  FunctionParser(Parsers parsers) {
    this.parsers = parsers;
    this.cursor = parsers.cursor;
    this.lexer = cursor.lexer();
    this.source = cursor.source();
  }

  Operation parse() {
    int start = lexer.start();
    OperationBuilder builder = new OperationBuilder(source, List.of(), "func.func", cursor.here());
    // A function's own name is not a reference to it.
    List<SymbolReference> outer = cursor.collectSymbols(new ArrayList<>());
    lexer.advance();
    boolean isPrivate = cursor.acceptWord("private");
    if (!isPrivate && !cursor.acceptWord("nested")) {
      cursor.acceptWord("public");
    }
    Span nameSpan = cursor.here();
    String name = cursor.symbol().name();
    cursor.collectSymbols(builder.symbols());
    SignatureParser signature = new SignatureParser(cursor, parsers.types, parsers.attributes);
    signature.parse();
    Attributes attributes =
        cursor.acceptWord("attributes") ? parsers.attributes.dictionary() : Attributes.none();
    builder.attributes(attributes);
    if (lexer.is(TokenKind.LEFT_BRACE)) {
      builder.region(body(signature));
    }
    cursor.acceptLocation();
    cursor.collectSymbols(outer);
    Operation operation = builder.build(cursor.since(start));
    parsers.functions.put(
        operation,
        new Function(
            name,
            isPrivate,
            signature.arguments(values(operation)),
            signature.results(),
            attributes,
            operation,
            signature.spans(nameSpan)));
    return operation;
  }

  private Region body(SignatureParser signature) {
    List<BlockArgument> values =
        signature.namedArguments(source, "this argument has no name, but the function has a body");
    ValueScope around = parsers.scope;
    parsers.scope = new ValueScope(source);
    Region body = parsers.regions.parse(values, true);
    parsers.scope = around;
    return body;
  }

  private static List<Value> values(Operation function) {
    Block entry = function.regions().isEmpty() ? null : function.regions().get(0).entry();
    return entry == null ? List.of() : entry.arguments();
  }
}
