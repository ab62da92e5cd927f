package org.hlo4j.internal.mlir;

import java.util.List;
import org.hlo4j.internal.mlir.model.Attribute;
import org.hlo4j.internal.mlir.model.Block;
import org.hlo4j.internal.mlir.model.MlirModule;
import org.hlo4j.internal.mlir.model.Operation;
import org.hlo4j.internal.mlir.model.Region;
import org.hlo4j.internal.mlir.model.SymbolReference;
import org.hlo4j.internal.mlir.model.Value;
import org.hlo4j.internal.mlir.text.MlirLexer;
import org.hlo4j.internal.mlir.text.SourceText;
import org.hlo4j.internal.mlir.text.TokenKind;

/** Writes what a program means to the reader, so that two readings can be compared. */
final class Outline {
  private Outline() {}

  static String of(MlirModule module) {
    StringBuilder out = new StringBuilder();
    module.operations().forEach(operation -> append(operation, out));
    module.functions().forEach(function -> out.append(function).append('\n'));
    module.aliases().forEach(alias -> out.append(alias.name()).append('\n'));
    return out.toString();
  }

  private static void append(Operation operation, StringBuilder out) {
    out.append(operation.results())
        .append(types(operation.results()))
        .append(operation.name())
        .append(operation.operands())
        .append(operation.operandTypes())
        .append(operation.symbols().stream().map(SymbolReference::name).toList())
        .append(operation.attributes().list().stream().map(Attribute::name).toList())
        .append('\n');
    for (Region region : operation.regions()) {
      for (Block block : region.blocks()) {
        out.append(block.label()).append(block.arguments()).append(types(block.arguments()));
        block.operations().forEach(inner -> append(inner, out));
      }
      out.append("}\n");
    }
  }

  private static List<String> types(List<Value> values) {
    return Programs.valueTypes(values);
  }

  /** The text with this in place of each gap between its tokens. */
  static String withGaps(String text, String gap) {
    StringBuilder out = new StringBuilder();
    MlirLexer lexer = new MlirLexer(new SourceText(text), 0);
    int end = 0;
    while (!lexer.is(TokenKind.END)) {
      if (lexer.start() > end) {
        out.append(gap);
      }
      out.append(text, lexer.start(), lexer.end());
      end = lexer.end();
      lexer.advance();
    }
    return out.toString();
  }
}
