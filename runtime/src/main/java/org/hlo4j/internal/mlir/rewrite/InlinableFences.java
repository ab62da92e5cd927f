package org.hlo4j.internal.mlir.rewrite;

import java.util.List;
import org.hlo4j.internal.mlir.model.Attribute;
import org.hlo4j.internal.mlir.model.Attributes;
import org.hlo4j.internal.mlir.model.Function;
import org.hlo4j.internal.mlir.model.MlirModule;
import org.hlo4j.internal.mlir.model.Operation;
import org.hlo4j.internal.mlir.syntax.MlirReader;
import org.hlo4j.internal.mlir.text.MlirSyntaxException;
import org.hlo4j.internal.mlir.text.Span;
import org.jspecify.annotations.Nullable;

/**
 * Makes the calls of fences inlinable: private functions whose names begin with {@code
 * hlo4j_fence}, which pass values through an optimization barrier. XLA's CPU backend removes
 * barriers before scheduling, but keeps the order of calls marked as not inlinable. Other backends
 * respect the barrier, but only after inlining.
 */
public final class InlinableFences {
  private static final String PREFIX = "hlo4j_fence";
  private static final String FRONTEND_ATTRIBUTES = "mhlo.frontend_attributes";
  private static final String INLINEABLE = "inlineable";

  private InlinableFences() {}

  /**
   * Returns the text of a program with inlinable fences; all other text keeps its position.
   *
   * @throws MlirSyntaxException if the text is not a program
   */
  public static String inlined(String text) {
    if (!text.contains(PREFIX) || !text.contains(INLINEABLE)) {
      return text;
    }
    MlirModule module = MlirReader.read(text);
    TextEdits edits = new TextEdits(module.source());
    module.walk(
        operation -> {
          Attribute mark = mark(module, operation);
          if (mark != null) {
            edits.replace(withComma(text, mark.span()), "");
          }
        });
    return edits.text();
  }

  /** Returns the attribute that prevents a fence from being inlined, or null. */
  private static @Nullable Attribute mark(MlirModule module, Operation operation) {
    String callee = operation.callee();
    if (callee == null || !callee.startsWith(PREFIX)) {
      return null;
    }
    Function fence = module.function(callee);
    Attribute frontend = operation.attributes().get(FRONTEND_ATTRIBUTES);
    return fence != null && fence.isPrivate() && frontend != null && isMark(frontend)
        ? frontend
        : null;
  }

  private static boolean isMark(Attribute frontend) {
    Attributes all = frontend.dictionary();
    List<Attribute> list = all == null ? List.of() : all.list();
    return list.size() == 1
        && list.getFirst().name().equals(INLINEABLE)
        && "false".equals(list.getFirst().string());
  }

  /** Returns an attribute with the comma after it, or else the one before it. */
  private static Span withComma(String text, Span attribute) {
    int end = attribute.end();
    while (Character.isWhitespace(text.charAt(end))) {
      end++;
    }
    if (text.charAt(end) == ',') {
      return new Span(attribute.start(), end + 1);
    }
    int start = attribute.start();
    while (Character.isWhitespace(text.charAt(start - 1))) {
      start--;
    }
    return text.charAt(start - 1) == ',' ? new Span(start - 1, attribute.end()) : attribute;
  }
}
