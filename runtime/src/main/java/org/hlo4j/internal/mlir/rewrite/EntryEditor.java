package org.hlo4j.internal.mlir.rewrite;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.hlo4j.internal.mlir.analysis.EntryAttributes;
import org.hlo4j.internal.mlir.analysis.EntryPoint;
import org.hlo4j.internal.mlir.model.Attribute;
import org.hlo4j.internal.mlir.model.Function;
import org.hlo4j.internal.mlir.model.FunctionArgument;
import org.hlo4j.internal.mlir.model.MlirModule;
import org.hlo4j.internal.mlir.model.Operation;
import org.hlo4j.internal.mlir.model.Region;
import org.hlo4j.internal.mlir.model.SymbolReference;
import org.hlo4j.internal.mlir.rewrite.AliasPlan.InputUse;
import org.hlo4j.internal.mlir.rewrite.AliasPlan.OutputSource;
import org.hlo4j.internal.mlir.text.SourceText;
import org.hlo4j.internal.mlir.text.Span;

/**
 * Removes inputs and outputs from the text of {@code @main}. Lines keep their numbers, so XLA's
 * messages refer to the user's text.
 */
final class EntryEditor {
  private final SourceText source;
  private final List<InputUse> uses;
  private final List<OutputSource> sources;
  private final List<Integer> computed;

  EntryEditor(SourceText source, List<InputUse> uses, List<OutputSource> sources) {
    this.source = source;
    this.uses = uses;
    this.sources = sources;
    this.computed = AliasPlan.computed(sources);
  }

  /**
   * Returns whether the signature can be changed: it is in the pretty form, there are no references
   * to the function, or to its inputs and outputs by index, and it has one return.
   */
  static boolean canEdit(MlirModule module, Function main) {
    Region body = main.body();
    Operation returning = main.returnOperation();
    return main.signature() != null
        && body != null
        && body.blocks().size() == 1
        && returning != null
        && returning.operands().size() == main.results().size()
        && returning.operandSpans().size() == main.results().size()
        && !EntryAttributes.numberInputsOrOutputs(module, main)
        && !isMentioned(module, main);
  }

  private static boolean isMentioned(MlirModule module, Function main) {
    List<SymbolReference> mentions = new ArrayList<>();
    module.walk(operation -> mentions.addAll(operation.symbols()));
    return mentions.stream().anyMatch(mention -> mention.name().equals(main.name()));
  }

  /** Returns the text for a plan; the user's text if the plan changes nothing. */
  String edit(EntryPoint entry) {
    Function main = entry.function();
    Function.SignatureSpans signature = main.signature();
    Operation returning = main.returnOperation();
    boolean sameInputs =
        uses.stream().allMatch(use -> use == InputUse.READ || use == InputUse.DONATED);
    boolean sameOutputs = computed.size() == sources.size();
    if (signature == null || returning == null || (sameInputs && sameOutputs)) {
      return source.text();
    }
    TextEdits edits = new TextEdits(source).replace(signature.arguments(), arguments(entry));
    if (!sameOutputs) {
      edits
          .replace(signature.results(), results(main))
          .replace(returning.span(), returning(main, returning));
    }
    return edits.text();
  }

  private String returning(Function main, Operation returning) {
    if (computed.isEmpty()) {
      return "func.return";
    }
    String operands =
        computed.stream()
            .map(i -> source.slice(returning.operandSpans().get(i)))
            .collect(Collectors.joining(", "));
    String types =
        computed.stream()
            .map(i -> main.results().get(i).type().text())
            .collect(Collectors.joining(", "));
    return "func.return " + operands + " : " + types;
  }

  private String results(Function main) {
    if (computed.isEmpty()) {
      return "";
    }
    return computed.stream()
        .map(i -> source.slice(main.results().get(i).span()))
        .collect(Collectors.joining(", ", " -> (", ")"));
  }

  private String arguments(EntryPoint entry) {
    List<String> kept = new ArrayList<>();
    for (int i = 0; i < uses.size(); i++) {
      if (uses.get(i).isPassed()) {
        kept.add(argument(entry.inputs().get(i), uses.get(i)));
      }
    }
    return kept.stream().collect(Collectors.joining(", ", "(", ")"));
  }

  private String argument(EntryPoint.Input input, InputUse use) {
    FunctionArgument argument = input.argument();
    Span attributes = argument.attributes().span();
    if (attributes == null) {
      return source.slice(argument.span());
    }
    List<String> kept = new ArrayList<>();
    for (Attribute attribute : argument.attributes()) {
      switch (attribute.name()) {
        case EntryAttributes.ALIASING_OUTPUT -> {
          if (use == InputUse.DONATED) {
            int output = sources.get(input.aliasedOutput().orElseThrow()).index();
            kept.add(EntryAttributes.ALIASING_OUTPUT + " = %s : i32".formatted(output));
          }
        }
        case EntryAttributes.BUFFER_DONOR -> {
          if (use == InputUse.DONATED) {
            kept.add(source.slice(attribute.span()));
          }
        }
        default -> kept.add(source.slice(attribute.span()));
      }
    }
    return source.slice(new Span(argument.span().start(), argument.typeSpan().end()))
        + (kept.isEmpty() ? "" : " {" + String.join(", ", kept) + "}")
        + source.slice(new Span(attributes.end(), argument.span().end()));
  }
}
