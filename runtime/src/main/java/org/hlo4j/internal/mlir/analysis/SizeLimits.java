package org.hlo4j.internal.mlir.analysis;

import java.util.List;
import java.util.Set;
import org.hlo4j.internal.mlir.model.Attribute;
import org.hlo4j.internal.mlir.model.Operation;
import org.hlo4j.internal.mlir.model.RankedTensorType;
import org.hlo4j.internal.mlir.model.Region;
import org.hlo4j.internal.mlir.model.Value;
import org.hlo4j.internal.mlir.text.Characters;
import org.hlo4j.internal.mlir.text.MlirLexer;
import org.hlo4j.internal.mlir.text.SourceText;
import org.hlo4j.internal.mlir.text.Span;
import org.hlo4j.internal.mlir.text.TokenKind;
import org.hlo4j.type.ElementType;
import org.jspecify.annotations.Nullable;

/**
 * Rejects sizes that exceed any memory. XLA computes sizes in 64 bits, and ends the process where
 * that overflows: in the bytes of one tensor, in the bytes of several, and in dimensions that
 * padding and strides enlarge.
 */
final class SizeLimits {
  /** Twice what a process can address; thousands of such tensors still fit into 64 bits. */
  private static final int BITS = 48;

  private static final long MOST = 1L << BITS;

  /** Their attributes have sizes and distances. */
  private static final Set<String> WITH_SIZES =
      Set.of(
          "convolution",
          "dynamic_slice",
          "gather",
          "pad",
          "reduce_window",
          "select_and_scatter",
          "slice");

  /** Their operands behind the first have sizes and distances. */
  private static final Set<String> WITH_SIZES_AS_OPERANDS =
      Set.of(
          "dynamic_broadcast_in_dim",
          "dynamic_conv",
          "dynamic_gather",
          "dynamic_iota",
          "dynamic_pad",
          "dynamic_reshape",
          "real_dynamic_slice");

  private final SourceText source;

  SizeLimits(SourceText source) {
    this.source = source;
  }

  /** Rejects a tensor type that is too large, even where another dimension is zero. */
  void check(RankedTensorType tensor, Span span) {
    if (tensor.overflows()) {
      throw source.refusal(
          span.start(), tensor.text() + " has more elements than 64 bits can count");
    }
    long count =
        tensor.dimensions().stream()
            .mapToLong(size -> Math.max(1, size))
            .reduce(1, (a, b) -> a * b);
    ElementType element = tensor.elementType();
    if (count > MOST / (element == null ? 1 : element.hostBytes())) {
      throw source.refusal(
          span.start(),
          "%s takes more than 2^%d bytes, which no process can address",
          tensor.text(),
          BITS);
    }
  }

  /** Rejects an operation with a size or distance that is too large. */
  void check(Operation operation) {
    if (WITH_SIZES.contains(operation.kind())) {
      checkNumbers(operation);
    } else if (WITH_SIZES_AS_OPERANDS.contains(operation.kind())) {
      operation.operands().forEach(operand -> checkConstant(operation, operand));
    }
  }

  /** All numbers of the text, since each operation writes its sizes in a way of its own. */
  private void checkNumbers(Operation operation) {
    MlirLexer lexer = new MlirLexer(source, operation.span().start());
    while (lexer.start() < operation.span().end()) {
      Region region = regionAt(operation, lexer.start());
      if (region != null) {
        lexer.seek(region.span().end());
        continue;
      }
      if (lexer.is(TokenKind.NUMBER)) {
        Long number = source.parseLong(lexer.start(), lexer.end());
        if (number == null ? lexer.text().chars().allMatch(Characters::isDigit) : number > MOST) {
          throw tooLarge(operation, lexer.start(), lexer.text());
        }
      }
      lexer.advance();
    }
  }

  private static @Nullable Region regionAt(Operation operation, int offset) {
    return operation.regions().stream()
        .filter(region -> region.span().contains(offset))
        .findFirst()
        .orElse(null);
  }

  private void checkConstant(Operation operation, Value operand) {
    Operation definition = operand.definition();
    if (definition == null || !definition.kind().equals("constant")) {
      return;
    }
    Attribute value = definition.attributes().get("value");
    List<Long> numbers = value == null ? null : value.integers();
    for (long number : numbers == null ? List.<Long>of() : numbers) {
      if (number > MOST || number < -MOST) {
        throw tooLarge(operation, definition.nameSpan().start(), Long.toString(number));
      }
    }
  }

  private RuntimeException tooLarge(Operation operation, int offset, String number) {
    return source.refusal(
        offset,
        "%s is rejected: %s is more than 2^%d, the limit for sizes and distances",
        operation.name(),
        number,
        BITS);
  }
}
