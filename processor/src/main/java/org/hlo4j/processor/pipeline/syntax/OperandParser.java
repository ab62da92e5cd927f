package org.hlo4j.processor.pipeline.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Parses the operands of statements. */
record OperandParser(TokenCursor tokens) {
  /** Parses one or more comma-separated operands. */
  List<Operand> operands() throws PipelineSyntaxException {
    List<Operand> operands = new ArrayList<>();
    do {
      operands.add(operand());
    } while (tokens.accept(","));
    return operands;
  }

  Operand operand() throws PipelineSyntaxException {
    int start = tokens.place();
    List<Name> path = new ArrayList<>();
    do {
      path.add(tokens.name());
    } while (tokens.accept("."));
    if (tokens.peek().is("(")) {
      throw new PipelineSyntaxException(
          tokens.token(start).span().start(),
          "a call must be a separate statement: assign its result to a name, and use that here");
    }
    Optional<Operand.Index> index = Optional.empty();
    if (tokens.accept("[")) {
      index = Optional.of(index());
      tokens.expect("]");
    }
    return new Operand(path, index, tokens.spanFrom(start));
  }

  private Operand.Index index() throws PipelineSyntaxException {
    int start = tokens.place();
    Optional<Name> counter = Optional.empty();
    long offset = 0;
    if (tokens.peek().kind() == Token.Kind.NUMBER) {
      offset = tokens.number();
    } else {
      counter = Optional.of(tokens.name());
      if (tokens.accept("+")) {
        offset = tokens.number();
      }
    }
    return new Operand.Index(counter, offset, tokens.spanFrom(start));
  }
}
