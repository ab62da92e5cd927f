package org.hlo4j.internal.mlir.syntax;

import java.util.List;
import java.util.Set;
import org.hlo4j.internal.mlir.model.Attributes;
import org.hlo4j.internal.mlir.model.Operand;
import org.hlo4j.internal.mlir.model.OperationBuilder;
import org.hlo4j.internal.mlir.model.OperationTypes;
import org.hlo4j.internal.mlir.syntax.StatementBoundary.Previous;
import org.hlo4j.internal.mlir.text.MlirLexer;
import org.hlo4j.internal.mlir.text.Span;
import org.hlo4j.internal.mlir.text.TokenKind;
import org.jspecify.annotations.Nullable;

/** Parses one operation in its pretty form: the syntax common to all such forms; skips the rest. */
final class PrettyOperationParser {
  /** Keywords followed by parenthesized types of operands, even if braces follow. */
  private static final Set<String> OPERAND_KEYWORDS = Set.of("ins", "outs", "init");

  private static final Set<String> CONSTANT_KEYWORDS =
      Set.of("dense", "dense_resource", "sparse", "array");

  private final Parsers parsers;
  private final Cursor cursor;
  private final MlirLexer lexer;
  private final OperationBuilder builder;
  private final Brackets open;
  private final RegionArguments arguments = new RegionArguments();

  private Previous previous = Previous.OPEN;
  private @Nullable Span constant;
  private boolean typed;
  private boolean initialValueNext;
  private String keyword = "";

  PrettyOperationParser(Parsers parsers, OperationBuilder builder) {
    this.parsers = parsers;
    this.cursor = parsers.cursor;
    this.lexer = cursor.lexer();
    this.builder = builder;
    this.open = new Brackets(cursor.source());
  }

  /** Parses everything after the operation's name into the builder. */
  void parse() {
    while (open.depth() > 0 || !parsers.boundary.isHere(previous, typed)) {
      if (open.depth() == 0 && cursor.acceptLocation()) {
        break;
      }
      step();
    }
    if (constant != null) {
      boolean typedConstant = typed && !builder.types().functional();
      Span value = typedConstant ? cursor.since(constant.start()) : constant;
      builder.attribute(new ParsedAttribute("value", cursor.source(), value, value));
    }
  }

  private void step() {
    String before = keyword;
    keyword = "";
    switch (lexer.kind()) {
      case VALUE -> value();
      case LEFT_PAREN -> parenthesis(before);
      case LEFT_BRACE -> brace();
      case LESS -> angle();
      case WORD -> word();
      case COLON -> colon();
      case ARROW -> arrow();
      case COMMA, EQUAL -> pass(Previous.JOINER);
      case END -> throw open.neverClosed();
      default -> bracketOrOther();
    }
  }

  private void pass(Previous as) {
    cursor.pass();
    previous = as;
  }

  private void bracketOrOther() {
    if (open.opens(lexer)) {
      open.open(lexer);
    } else if (open.closes(lexer)) {
      open.close(lexer);
    } else if (lexer.is(TokenKind.OTHER) && open.depth() == 0) {
      throw cursor.expected("an operation");
    }
    pass(Previous.COMPLETE);
  }

  private void value() {
    TokenKind next = cursor.lookAhead().kind();
    if (next == TokenKind.EQUAL) {
      arguments.iterate(lexer.text(), cursor.here());
      lexer.advance();
      pass(Previous.JOINER);
      return;
    }
    Operand operand = parsers.operations.operand();
    if (initialValueNext) {
      builder.initialValue(operand);
    } else {
      builder.operand(operand);
    }
    initialValueNext = false;
    previous = Previous.COMPLETE;
  }

  private void parenthesis(String before) {
    if (open.depth() == 0
        && !OPERAND_KEYWORDS.contains(before)
        && parsers.blockArguments.atArguments()) {
      arguments.bind(parsers.blockArguments.parse(), before.equals("reducer"));
      // The keyword applies to all groups that follow it.
      keyword = before;
      previous = Previous.COMPLETE;
      return;
    }
    bracketOrOther();
  }

  private void brace() {
    if (parsers.regions.atRegion() || arguments.areBound()) {
      boolean isolated = OperationParser.isIsolated(builder.name());
      List<BlockArgument> taken = arguments.take(builder.types(), builder.regions().size());
      builder.region(parsers.regions.parse(taken, isolated));
      previous = Previous.COMPLETE;
    } else if (open.depth() == 0 && parsers.attributes.atDictionary()) {
      addAttributes(parsers.attributes.dictionary());
    } else {
      bracketOrOther();
    }
  }

  private void angle() {
    if (open.depth() == 0 && cursor.lookAhead().is(TokenKind.LEFT_BRACE)) {
      addAttributes(parsers.attributes.properties());
    } else {
      bracketOrOther();
    }
  }

  private void addAttributes(Attributes attributes) {
    builder.attributes(attributes);
    previous = Previous.COMPLETE;
  }

  private void word() {
    int start = lexer.start();
    String word = lexer.text();
    TokenKind next = cursor.lookAhead().kind();
    if (next == TokenKind.EQUAL) {
      namedAttribute(word, start);
      return;
    }
    if (next == TokenKind.LESS && open.depth() == 0 && CONSTANT_KEYWORDS.contains(word)) {
      Span value = parsers.attributes.passBare();
      constant = constant == null ? value : constant;
      previous = Previous.COMPLETE;
      return;
    }
    if (word.equals("applies") && open.depth() == 0) {
      lexer.advance();
      builder.attribute(parsers.attributes.attribute(word, start, cursor.here()));
      cursor.expect(TokenKind.WORD);
      previous = Previous.COMPLETE;
      return;
    }
    initialValueNext = word.equals("init") && next == TokenKind.COLON;
    keyword = word;
    pass(Previous.OPEN);
  }

  /** Adds {@code name = value} as an attribute, unless the value is an operand. */
  private void namedAttribute(String name, int start) {
    lexer.advance();
    lexer.advance();
    previous = Previous.JOINER;
    boolean atValue =
        switch (lexer.kind()) {
          case WORD, NUMBER, MINUS, STRING, SYMBOL, HASH, BANG, LEFT_BRACKET, LEFT_BRACE, LESS ->
              true;
          default -> false;
        };
    if (atValue) {
      Span value = parsers.attributes.passBare();
      builder.attribute(parsers.attributes.attribute(name, start, value));
      previous = Previous.COMPLETE;
    }
  }

  private void colon() {
    pass(Previous.JOINER);
    boolean named = lexer.is(TokenKind.WORD) && cursor.lookAhead().is(TokenKind.LESS);
    if (open.depth() == 0 && (parsers.types.atType() || named)) {
      builder.types(parsers.types.ofPrettyOperation());
      endTypes();
    }
  }

  private void arrow() {
    pass(Previous.JOINER);
    if (open.depth() == 0 && parsers.types.atType()) {
      builder.types(
          new OperationTypes(true, builder.types().inputs(), parsers.types.parseResults()));
      endTypes();
    }
  }

  private void endTypes() {
    typed = true;
    previous = Previous.COMPLETE;
  }
}
