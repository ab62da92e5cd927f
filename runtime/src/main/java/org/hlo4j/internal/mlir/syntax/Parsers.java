package org.hlo4j.internal.mlir.syntax;

import java.util.IdentityHashMap;
import org.hlo4j.internal.mlir.model.Function;
import org.hlo4j.internal.mlir.model.MlirModule;
import org.hlo4j.internal.mlir.model.Operation;
import org.hlo4j.internal.mlir.text.SourceText;

/** The parsers of one text, and their shared state. */
final class Parsers {
  final Cursor cursor;
  final Aliases aliases;
  final IdentityHashMap<Operation, Function> functions = new IdentityHashMap<>();
  final IdentityHashMap<Operation, MlirModule> modules = new IdentityHashMap<>();

  final TypeParser types;
  final AttributeParser attributes;
  final BlockArgumentParser blockArguments;
  final StatementBoundary boundary;
  final RegionParser regions;
  final OperationParser operations;
  final FunctionParser functionParser;
  final ModuleParser moduleParser;

  /** The values in scope; each function has its own. */
  ValueScope scope;

  Parsers(SourceText source) {
    cursor = new Cursor(source, 0);
    scope = new ValueScope(source);
    aliases = new Aliases(source);
    types = new TypeParser(cursor, aliases);
    attributes = new AttributeParser(cursor);
    blockArguments = new BlockArgumentParser(cursor, types, attributes);
    boundary = new StatementBoundary(cursor, blockArguments);
    regions = new RegionParser(this);
    operations = new OperationParser(this);
    functionParser = new FunctionParser(this);
    moduleParser = new ModuleParser(this);
  }
}
