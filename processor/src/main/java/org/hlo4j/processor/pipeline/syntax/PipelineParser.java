package org.hlo4j.processor.pipeline.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hlo4j.internal.mlir.text.SourceText;
import org.hlo4j.internal.mlir.text.Span;

/**
 * Parses the statements of a pipeline. Keywords are contextual, so kernels and values may use their
 * names.
 */
public final class PipelineParser {
  private static final String REPEAT = "repeat";

  /** The maximum nesting of blocks, as a guard against stack overflow. */
  private static final int DEEPEST = 64;

  private final TokenCursor tokens;
  private final OperandParser operands;
  private int depth;

  private PipelineParser(TokenCursor tokens) {
    this.tokens = tokens;
    this.operands = new OperandParser(tokens);
  }

  /**
   * Parses a pipeline.
   *
   * @throws PipelineSyntaxException if the text is malformed
   */
  public static List<Statement> parse(SourceText source) throws PipelineSyntaxException {
    PipelineParser parser = new PipelineParser(new TokenCursor(new PipelineLexer(source).tokens()));
    List<Statement> statements = parser.statements();
    if (parser.tokens.peek().kind() != Token.Kind.END) {
      throw parser.tokens.expected("a statement");
    }
    return statements;
  }

  private List<Statement> statements() throws PipelineSyntaxException {
    List<Statement> statements = new ArrayList<>();
    tokens.skipLineEnds();
    while (tokens.peek().kind() != Token.Kind.END && !tokens.peek().is("}")) {
      statements.add(statement());
      if (!tokens.peek().is("}")) {
        endStatement();
      }
      tokens.skipLineEnds();
    }
    return statements;
  }

  private void endStatement() throws PipelineSyntaxException {
    if (tokens.peek().kind() != Token.Kind.LINE_END) {
      throw tokens.expected("the end of the statement");
    }
    tokens.skip(1);
  }

  private Statement statement() throws PipelineSyntaxException {
    int start = tokens.place();
    Token second = tokens.peek(1);
    if (tokens.peek().isWord("return") && !second.is("=") && !second.is(",")) {
      tokens.skip(1);
      List<Operand> values = isAtEnd() ? List.of() : operands.operands();
      return new Statement.Return(values, tokens.spanFrom(start));
    }
    if (tokens.peek().isWord(REPEAT) && second.kind() == Token.Kind.NUMBER) {
      return repeat(start);
    }
    if (tokens.peek().isWord("in") && second.isWord("order")) {
      tokens.skip(2);
      Span head = tokens.spanFrom(start);
      return new Statement.InOrder(block(), head);
    }
    return assignment(start);
  }

  private boolean isAtEnd() {
    return tokens.peek().kind() == Token.Kind.LINE_END || tokens.peek().is("}");
  }

  private Statement repeat(int start) throws PipelineSyntaxException {
    tokens.skip(1);
    Token number = tokens.peek();
    long count;
    try {
      count = Long.parseLong(number.text());
    } catch (NumberFormatException e) {
      throw new PipelineSyntaxException(
          number.span().start(), "%s is not a number of rounds".formatted(number.text()));
    }
    tokens.skip(1);
    Optional<Name> counter = Optional.empty();
    if (tokens.peek().isWord("as")) {
      tokens.skip(1);
      counter = Optional.of(tokens.name());
    }
    List<Name> carried = new ArrayList<>();
    if (tokens.accept("(")) {
      while (!tokens.peek().is(")")) {
        if (!carried.isEmpty()) {
          tokens.expect(",");
        }
        addName(carried, "%s is already carried");
      }
      tokens.expect(")");
    }
    Span head = tokens.spanFrom(start);
    return new Statement.Repeat(count, counter, carried, block(), head);
  }

  private List<Statement> block() throws PipelineSyntaxException {
    if (depth == DEEPEST) {
      throw new PipelineSyntaxException(
          tokens.peek().span().start(),
          "blocks are nested more than %s deep here".formatted(DEEPEST));
    }
    tokens.skipLineEnds();
    tokens.expect("{");
    depth++;
    List<Statement> body = statements();
    depth--;
    tokens.expect("}");
    return body;
  }

  private Statement assignment(int start) throws PipelineSyntaxException {
    List<Name> targets = hasTargets() ? targets() : List.of();
    Token second = tokens.peek(1);
    boolean keyword = second.kind() == Token.Kind.NAME;
    if (keyword && tokens.peek().isWord("start")) {
      tokens.skip(1);
      return call(start, targets, true);
    }
    if (keyword && tokens.peek().isWord("done")) {
      tokens.skip(1);
      Name future = tokens.name();
      return new Statement.Done(targets, future, tokens.spanFrom(start));
    }
    if (keyword && tokens.peek().isWord("ref") && targets.size() == 1) {
      tokens.skip(1);
      return new Statement.NewRef(targets.get(0), slots(), tokens.spanFrom(start));
    }
    if (second.is("(")) {
      Statement call = call(start, targets, false);
      if (tokens.peek().is("{") && tokens.token(start).isWord(REPEAT)) {
        throw withoutRounds(second);
      }
      return call;
    }
    if (targets.isEmpty()) {
      throw tokens.peek().isWord(REPEAT) ? withoutRounds(second) : tokens.expected("a statement");
    }
    List<Operand> values = operands.operands();
    return new Statement.Assign(targets, values, tokens.spanFrom(start));
  }

  private List<Name> targets() throws PipelineSyntaxException {
    List<Name> targets = new ArrayList<>();
    do {
      addName(targets, "%s is on the left twice");
    } while (tokens.accept(","));
    tokens.expect("=");
    return targets;
  }

  /** Parses a name that must not be a duplicate. */
  private void addName(List<Name> names, String problem) throws PipelineSyntaxException {
    Name name = tokens.name();
    if (names.stream().anyMatch(other -> other.text().equals(name.text()))) {
      throw new PipelineSyntaxException(name.span().start(), problem.formatted(name));
    }
    names.add(name);
  }

  private static PipelineSyntaxException withoutRounds(Token token) {
    return new PipelineSyntaxException(
        token.span().start(), "repeat needs a number of rounds, not " + token.shown());
  }

  /** Returns whether names and commas are followed by an equals sign. */
  private boolean hasTargets() {
    int ahead = 0;
    while (tokens.peek(ahead).kind() == Token.Kind.NAME && tokens.peek(ahead + 1).is(",")) {
      ahead += 2;
    }
    return tokens.peek(ahead).kind() == Token.Kind.NAME && tokens.peek(ahead + 1).is("=");
  }

  private List<Statement.Slot> slots() throws PipelineSyntaxException {
    List<Statement.Slot> slots = new ArrayList<>();
    do {
      boolean empty = tokens.peek().isWord("like") && tokens.peek(1).kind() == Token.Kind.NAME;
      tokens.skip(empty ? 1 : 0);
      slots.add(new Statement.Slot(empty, operands.operand()));
    } while (tokens.accept(","));
    return slots;
  }

  private Statement call(int start, List<Name> targets, boolean starts)
      throws PipelineSyntaxException {
    Name kernel = tokens.name();
    tokens.expect("(");
    List<Operand> arguments =
        tokens.peek().is(")") || tokens.peek().is("->") ? new ArrayList<>() : operands.operands();
    List<Operand> writes = new ArrayList<>();
    if (tokens.accept("->")) {
      writes = operands.operands();
    }
    tokens.expect(")");
    return new Statement.Call(targets, starts, kernel, arguments, writes, tokens.spanFrom(start));
  }
}
