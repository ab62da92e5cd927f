package org.hlo4j.processor.pipeline.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hlo4j.internal.mlir.SourceText;
import org.hlo4j.internal.mlir.Span;

/**
 * Reads the statements of a pipeline. Keywords are words only where a statement may begin with
 * them, so that kernels and values may have their names.
 */
public final class PipelineParser {
  private static final String NAME = "a name";
  private static final String REPEAT = "repeat";

  /** How deep blocks may stand in each other: deeper ones are a mistake, or an attack. */
  private static final int DEEPEST = 64;

  private final List<Token> tokens;
  private int at;
  private int depth;

  private PipelineParser(List<Token> tokens) {
    this.tokens = tokens;
  }

  /**
   * Reads a pipeline.
   *
   * @throws PipelineSyntaxException if the text is none
   */
  public static List<Statement> parse(SourceText source) throws PipelineSyntaxException {
    PipelineParser parser = new PipelineParser(new Lexer(source).tokens());
    List<Statement> statements = parser.statements();
    if (parser.peek().kind() != Token.Kind.END) {
      throw parser.expected("a statement");
    }
    return statements;
  }

  private List<Statement> statements() throws PipelineSyntaxException {
    List<Statement> statements = new ArrayList<>();
    skipLineEnds();
    while (peek().kind() != Token.Kind.END && !peek().is("}")) {
      statements.add(statement());
      if (!peek().is("}")) {
        endStatement();
      }
      skipLineEnds();
    }
    return statements;
  }

  private void endStatement() throws PipelineSyntaxException {
    if (peek().kind() != Token.Kind.LINE_END) {
      throw expected("the end of the statement");
    }
    at++;
  }

  private void skipLineEnds() {
    while (peek().kind() == Token.Kind.LINE_END) {
      at++;
    }
  }

  private Statement statement() throws PipelineSyntaxException {
    int start = at;
    Token second = tokens.get(Math.min(at + 1, tokens.size() - 1));
    if (peek().isWord("return") && !second.is("=") && !second.is(",")) {
      at++;
      List<Operand> values = isAtEnd() ? List.of() : operands();
      return new Statement.Return(values, spanFrom(start));
    }
    if (peek().isWord(REPEAT) && second.kind() == Token.Kind.NUMBER) {
      return repeat(start);
    }
    if (peek().isWord("in") && second.isWord("order")) {
      at += 2;
      Span head = spanFrom(start);
      return new Statement.InOrder(block(), head);
    }
    return assignment(start);
  }

  private boolean isAtEnd() {
    return peek().kind() == Token.Kind.LINE_END || peek().is("}");
  }

  private Statement repeat(int start) throws PipelineSyntaxException {
    at++;
    Token number = peek();
    long count;
    try {
      count = Long.parseLong(number.text());
    } catch (NumberFormatException e) {
      throw new PipelineSyntaxException(
          number.span().start(), "%s is no number of rounds".formatted(number.text()));
    }
    at++;
    Optional<Name> counter = Optional.empty();
    if (peek().isWord("as")) {
      at++;
      counter = Optional.of(name());
    }
    List<Name> carried = new ArrayList<>();
    if (peek().is("(")) {
      at++;
      while (!peek().is(")")) {
        if (!carried.isEmpty()) {
          expect(",");
        }
        Name name = name();
        if (carried.stream().anyMatch(other -> other.text().equals(name.text()))) {
          throw new PipelineSyntaxException(
              name.span().start(), "%s is carried already".formatted(name));
        }
        carried.add(name);
      }
      expect(")");
    }
    Span head = spanFrom(start);
    return new Statement.Repeat(count, counter, carried, block(), head);
  }

  private List<Statement> block() throws PipelineSyntaxException {
    if (depth == DEEPEST) {
      throw new PipelineSyntaxException(
          peek().span().start(), "blocks are more than %d deep here".formatted(DEEPEST));
    }
    skipLineEnds();
    expect("{");
    depth++;
    List<Statement> body = statements();
    depth--;
    expect("}");
    return body;
  }

  private Statement assignment(int start) throws PipelineSyntaxException {
    List<Name> targets = new ArrayList<>();
    if (hasTargets()) {
      targets.add(name());
      while (peek().is(",")) {
        at++;
        targets.add(name());
      }
      expect("=");
    }
    Token second = tokens.get(Math.min(at + 1, tokens.size() - 1));
    boolean keyword = second.kind() == Token.Kind.NAME;
    if (keyword && peek().isWord("start")) {
      at++;
      return call(start, targets, true);
    }
    if (keyword && peek().isWord("done")) {
      at++;
      Name future = name();
      return new Statement.Done(targets, future, spanFrom(start));
    }
    if (keyword && peek().isWord("ref") && targets.size() == 1) {
      at++;
      return new Statement.NewRef(targets.get(0), slots(), spanFrom(start));
    }
    if (second.is("(")) {
      Statement call = call(start, targets, false);
      if (peek().is("{") && tokens.get(start).isWord(REPEAT)) {
        throw withoutRounds(second);
      }
      return call;
    }
    if (targets.isEmpty()) {
      throw peek().isWord(REPEAT) ? withoutRounds(second) : expected("a statement");
    }
    List<Operand> values = operands();
    return new Statement.Assign(targets, values, spanFrom(start));
  }

  private static PipelineSyntaxException withoutRounds(Token token) {
    return new PipelineSyntaxException(
        token.span().start(), "repeat needs a number of rounds, not " + token.shown());
  }

  /** Whether an equals sign follows on names and commas. */
  private boolean hasTargets() {
    int ahead = at;
    while (tokens.get(ahead).kind() == Token.Kind.NAME && tokens.get(ahead + 1).is(",")) {
      ahead += 2;
    }
    return tokens.get(ahead).kind() == Token.Kind.NAME && tokens.get(ahead + 1).is("=");
  }

  private List<Statement.Slot> slots() throws PipelineSyntaxException {
    List<Statement.Slot> slots = new ArrayList<>();
    do {
      if (!slots.isEmpty()) {
        at++;
      }
      boolean empty = peek().isWord("like") && tokens.get(at + 1).kind() == Token.Kind.NAME;
      at += empty ? 1 : 0;
      slots.add(new Statement.Slot(empty, operand()));
    } while (peek().is(","));
    return slots;
  }

  private Statement call(int start, List<Name> targets, boolean starts)
      throws PipelineSyntaxException {
    Name kernel = name();
    expect("(");
    List<Operand> arguments = peek().is(")") || peek().is("->") ? new ArrayList<>() : operands();
    List<Operand> writes = new ArrayList<>();
    if (peek().is("->")) {
      at++;
      writes = operands();
    }
    expect(")");
    return new Statement.Call(targets, starts, kernel, arguments, writes, spanFrom(start));
  }

  private List<Operand> operands() throws PipelineSyntaxException {
    List<Operand> operands = new ArrayList<>();
    operands.add(operand());
    while (peek().is(",")) {
      at++;
      operands.add(operand());
    }
    return operands;
  }

  private Operand operand() throws PipelineSyntaxException {
    int start = at;
    List<Name> path = new ArrayList<>();
    path.add(name());
    while (peek().is(".")) {
      at++;
      path.add(name());
    }
    if (peek().is("(")) {
      throw new PipelineSyntaxException(
          tokens.get(start).span().start(),
          "a call is a statement of its own: give its result a name, and use that here");
    }
    Optional<Operand.Index> index = Optional.empty();
    if (peek().is("[")) {
      at++;
      index = Optional.of(index());
      expect("]");
    }
    return new Operand(path, index, spanFrom(start));
  }

  private Operand.Index index() throws PipelineSyntaxException {
    int start = at;
    Optional<Name> counter = Optional.empty();
    long offset = 0;
    if (peek().kind() == Token.Kind.NUMBER) {
      offset = number();
    } else {
      counter = Optional.of(name());
      if (peek().is("+")) {
        at++;
        offset = number();
      }
    }
    return new Operand.Index(counter, offset, spanFrom(start));
  }

  private long number() throws PipelineSyntaxException {
    Token token = peek();
    try {
      long number = Integer.parseInt(token.text());
      at++;
      return number;
    } catch (NumberFormatException e) {
      throw expected("a number");
    }
  }

  private Name name() throws PipelineSyntaxException {
    Token token = peek();
    if (token.kind() != Token.Kind.NAME) {
      throw expected(NAME);
    }
    at++;
    return new Name(token.text(), token.span());
  }

  private void expect(String mark) throws PipelineSyntaxException {
    if (!peek().is(mark)) {
      throw expected("'" + mark + "'");
    }
    at++;
  }

  private PipelineSyntaxException expected(String what) {
    Token last = tokens.get(tokens.size() - 1);
    Token found = peek().span().equals(last.span()) ? last : peek();
    return new PipelineSyntaxException(
        found.span().start(), "%s is expected here, not %s".formatted(what, found.shown()));
  }

  private Token peek() {
    return tokens.get(at);
  }

  private Span spanFrom(int start) {
    return new Span(tokens.get(start).span().start(), tokens.get(at - 1).span().end());
  }
}
