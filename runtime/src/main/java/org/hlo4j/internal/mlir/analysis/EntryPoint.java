package org.hlo4j.internal.mlir.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.hlo4j.error.CompilationException;
import org.hlo4j.internal.mlir.model.Attribute;
import org.hlo4j.internal.mlir.model.Function;
import org.hlo4j.internal.mlir.model.FunctionArgument;
import org.hlo4j.internal.mlir.model.FunctionResult;
import org.hlo4j.internal.mlir.model.MlirModule;
import org.hlo4j.internal.mlir.model.Operation;
import org.hlo4j.internal.mlir.model.RankedTensorType;
import org.hlo4j.internal.mlir.model.Region;
import org.hlo4j.internal.mlir.model.Type;
import org.hlo4j.internal.mlir.model.Value;
import org.hlo4j.internal.mlir.syntax.MlirReader;
import org.hlo4j.internal.mlir.text.SourceText;
import org.hlo4j.internal.mlir.text.Span;
import org.hlo4j.type.Shape;

/**
 * The inputs and outputs of a program: the signature of its {@code @main}, with checks that PJRT
 * lacks. Immutable.
 *
 * @param inputs the inputs, in order
 * @param outputs the outputs, in order
 * @param collectives the collective operations, such as {@code all_reduce [0, 1]}, in order
 * @param counts the numbers of processes
 * @param function the function itself
 */
public record EntryPoint(
    List<Input> inputs,
    List<Output> outputs,
    List<String> collectives,
    DeviceCounts counts,
    Function function) {
  private static final String NAME = "main";
  private static final String RESULT_INFO = "jax.result_info";

  /**
   * An input.
   *
   * @param name without the {@code %}
   * @param label the exporter's name, or else {@code name}
   * @param shape its element type and dimensions
   * @param donated whether a call may reuse its memory
   * @param aliasedOutput the output that reuses the memory, if the program specifies it
   * @param unused whether the program does not use it
   * @param argument the function's argument
   */
  public record Input(
      String name,
      String label,
      Shape shape,
      boolean donated,
      OptionalInt aliasedOutput,
      boolean unused,
      FunctionArgument argument) {}

  /**
   * An output.
   *
   * @param name the exporter's name, or else its index
   * @param shape its element type and dimensions
   * @param forwardedInput the input that it returns unchanged, if any
   * @param sameAs the earlier output with the same computed value, if any
   */
  public record Output(String name, Shape shape, OptionalInt forwardedInput, OptionalInt sameAs) {}

  /** Returns the same entry point with other names of its inputs, in order. */
  public EntryPoint named(List<String> names) {
    List<Input> renamed = new ArrayList<>();
    for (Input input : inputs) {
      String name = names.get(renamed.size());
      renamed.add(
          new Input(
              name,
              name,
              input.shape(),
              input.donated(),
              input.aliasedOutput(),
              input.unused(),
              input.argument()));
    }
    return new EntryPoint(renamed, outputs, collectives, counts, function);
  }

  public EntryPoint {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    collectives = List.copyOf(collectives);
  }

  /**
   * Returns the entry point of a module, with the numbers of processes that it declares.
   *
   * @throws CompilationException if there is none, or it cannot run; the message shows the line
   */
  public static EntryPoint of(MlirModule module) {
    return of(module, DeviceCounts.in(module));
  }

  /**
   * Returns the entry point of a module for the given numbers of processes.
   *
   * @throws CompilationException if there is none, or it cannot run; the message shows the line
   */
  public static EntryPoint of(MlirModule module, DeviceCounts counts) {
    SourceText source = module.source();
    Function function = module.function(NAME);
    if (function == null) {
      throw source.refusal(
          module.span().start(), "there is no function @main, the program's entry");
    }
    if (function.isDeclaration()) {
      throw source.refusal(function.span().start(), "@main has no body");
    }
    counts.check(module);
    ResourceConstants.check(source);
    Hazards.check(module, counts);
    Attribute hidden = EntryAttributes.donating(module, function);
    if (hidden != null) {
      // XLA would consume a buffer without the runtime's knowledge.
      throw hidden.refusal(
          "%s is rejected: to donate an input, put %s after its type",
          hidden.name(), EntryAttributes.ALIASING_OUTPUT);
    }
    return of(module, function, counts, Collectives.of(module));
  }

  /**
   * Returns the entry point of a program of which only the signature is known.
   *
   * @param signature such as {@code (%x: tensor<4xf32>) -> tensor<4xf32>}
   * @throws CompilationException if it is not a valid signature
   */
  public static EntryPoint ofSignature(String signature, DeviceCounts counts) {
    String text = signature.strip();
    MlirModule module = text.startsWith("(") ? MlirReader.readSignature(NAME, text) : null;
    if (module == null) {
      throw new CompilationException(
          "'%s' is not a signature such as (%%x: tensor<4xf32>) -> tensor<4xf32>".formatted(text));
    }
    Function function = module.functions().getFirst();
    return of(module, function, counts, List.of());
  }

  private static EntryPoint of(
      MlirModule module, Function function, DeviceCounts counts, List<String> collectives) {
    List<Output> outputs = outputs(module, function);
    List<Input> inputs = new ArrayList<>();
    for (FunctionArgument argument : function.arguments()) {
      String constant = function.isDeclaration() ? "" : GlobalConstants.problem(argument);
      if (!constant.isEmpty()) {
        throw module.source().refusal(argument.span().start(), constant);
      }
      inputs.add(input(module, function, argument, outputs, inputs));
    }
    return new EntryPoint(inputs, outputs, collectives, counts, function);
  }

  private static List<Output> outputs(MlirModule module, Function function) {
    List<Value> returned = returned(module, function);
    List<Output> outputs = new ArrayList<>();
    for (FunctionResult result : function.results()) {
      int index = outputs.size();
      Shape shape = shapeOf(module.source(), result.type(), result.typeSpan());
      OptionalInt forwarded = forwardedInput(function, returned, index, shape);
      outputs.add(
          new Output(
              nameOf(result, index),
              shape,
              forwarded,
              forwarded.isPresent() ? OptionalInt.empty() : sameAs(outputs, returned, shape)));
    }
    return outputs;
  }

  /**
   * Returns the origins of the returned values; empty unless the body is one block with a return.
   */
  private static List<Value> returned(MlirModule module, Function function) {
    Region body = function.body();
    Operation returning = function.returnOperation();
    if (body == null || body.blocks().size() != 1 || returning == null) {
      return List.of();
    }
    Forwarding forwarding = new Forwarding(module);
    return returning.operands().stream().map(forwarding::origin).toList();
  }

  private static OptionalInt forwardedInput(
      Function function, List<Value> returned, int index, Shape shape) {
    Value origin = index < returned.size() ? returned.get(index) : null;
    for (int i = 0; origin != null && i < function.arguments().size(); i++) {
      FunctionArgument argument = function.arguments().get(i);
      if (origin.equals(argument.value())) {
        // XLA rejects a return that contradicts the signature.
        return isOfShape(argument.type(), shape) ? OptionalInt.of(i) : OptionalInt.empty();
      }
    }
    return OptionalInt.empty();
  }

  private static boolean isOfShape(Type type, Shape shape) {
    return type instanceof RankedTensorType tensor && shape.equals(tensor.shape());
  }

  private static OptionalInt sameAs(List<Output> before, List<Value> returned, Shape shape) {
    int index = before.size();
    int first = index < returned.size() ? returned.indexOf(returned.get(index)) : index;
    return first < index && before.get(first).shape().equals(shape)
        ? OptionalInt.of(first)
        : OptionalInt.empty();
  }

  private static Input input(
      MlirModule module,
      Function function,
      FunctionArgument argument,
      List<Output> outputs,
      List<Input> before) {
    Shape shape = shapeOf(module.source(), argument.type(), argument.typeSpan());
    String name = argument.name().substring(1);
    String label = Locations.nameOf(argument, module).orElse(name);
    OptionalInt output = aliasedOutput(argument, shape, outputs, before);
    boolean donated = output.isPresent() || isDonor(argument);
    Value value = argument.value();
    boolean unused = !function.isDeclaration() && value != null && value.uses().isEmpty();
    return new Input(name, label, shape, donated, output, unused, argument);
  }

  /** XLA reuses the memory even if the attribute is false: it only checks for its presence. */
  private static boolean isDonor(FunctionArgument argument) {
    Attribute donor = argument.attributes().get(EntryAttributes.BUFFER_DONOR);
    return donor != null && donor.bool() != null;
  }

  private static OptionalInt aliasedOutput(
      FunctionArgument argument, Shape shape, List<Output> outputs, List<Input> before) {
    Attribute aliasing = argument.attributes().get(EntryAttributes.ALIASING_OUTPUT);
    if (aliasing == null) {
      return OptionalInt.empty();
    }
    Long index = aliasing.integer();
    if (index == null || index < 0 || index >= outputs.size()) {
      throw aliasing.refusal("%s does not name an output; @main has %d", aliasing, outputs.size());
    }
    OptionalInt output = OptionalInt.of(index.intValue());
    Shape target = outputs.get(index.intValue()).shape();
    if (!target.equals(shape)) {
      throw aliasing.refusal(
          "%s is a %s and cannot become output %d, which is a %s",
          argument.name(), shape, index, target);
    }
    for (Input other : before) {
      if (other.aliasedOutput().equals(output)) {
        throw aliasing.refusal(
            "%s cannot become output %d: %%%s already does", argument.name(), index, other.name());
      }
    }
    return output;
  }

  private static Shape shapeOf(SourceText source, Type type, Span span) {
    if (!(type instanceof RankedTensorType tensor)) {
      throw source.refusal(span.start(), "@main takes and returns tensors, not a %s", type.text());
    }
    Shape shape = tensor.shape();
    if (shape == null) {
      throw source.refusal(span.start(), String.valueOf(tensor.shapeProblem()));
    }
    return shape;
  }

  private static String nameOf(FunctionResult result, int index) {
    String name = result.attributes().string(RESULT_INFO);
    return name == null || name.isEmpty() ? Integer.toString(index) : name;
  }
}
