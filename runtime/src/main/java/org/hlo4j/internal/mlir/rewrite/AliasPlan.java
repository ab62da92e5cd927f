package org.hlo4j.internal.mlir.rewrite;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.hlo4j.internal.mlir.analysis.EntryPoint;
import org.hlo4j.internal.mlir.model.Attributes;
import org.hlo4j.internal.mlir.model.MlirModule;
import org.hlo4j.internal.mlir.model.Use;
import org.hlo4j.internal.mlir.model.Value;

/**
 * The text of a program for XLA, and the source of each output. XLA would copy an output that is an
 * unchanged input, or the same as another output: such outputs are removed from the text, and the
 * runtime returns the existing buffer. Unused inputs are removed as well. Immutable.
 *
 * @param text the program for XLA, with the same lines as the user's
 * @param inputs the use of each input
 * @param outputs the source of each output
 */
public record AliasPlan(String text, List<InputUse> inputs, List<OutputSource> outputs) {

  /** How an input is used. */
  public enum InputUse {
    /** XLA reads it. */
    READ,
    /** XLA may reuse its memory. */
    DONATED,
    /** XLA reads it, and the buffer becomes an output. */
    READ_AND_MOVED,
    /** XLA does not receive it, and the buffer becomes an output. */
    MOVED,
    /** XLA does not receive it. */
    UNUSED;

    /** Returns whether XLA receives the input. */
    public boolean isPassed() {
      return this == READ || this == DONATED || this == READ_AND_MOVED;
    }

    /** Returns whether the caller's buffer becomes an output, which consumes it. */
    public boolean isMoved() {
      return this == MOVED || this == READ_AND_MOVED;
    }
  }

  /**
   * The source of an output.
   *
   * @param isInput whether it is an input's buffer
   * @param index the index of the program's input, or else of XLA's output
   */
  public record OutputSource(boolean isInput, int index) {}

  public AliasPlan {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /** Returns whether an output has the buffer of an input or of an earlier output. */
  public boolean shares(int output) {
    OutputSource source = outputs.get(output);
    return source.isInput() || outputs.indexOf(source) < output;
  }

  /** Returns the outputs that XLA computes, in XLA's order. */
  public List<Integer> computedOutputs() {
    return computed(outputs);
  }

  /** Returns the outputs that XLA computes: the first of each source that is not an input. */
  static List<Integer> computed(List<OutputSource> sources) {
    return IntStream.range(0, sources.size())
        .filter(i -> !sources.get(i).isInput() && sources.indexOf(sources.get(i)) == i)
        .boxed()
        .toList();
  }

  public static AliasPlan of(MlirModule module, EntryPoint entry) {
    if (!EntryEditor.canEdit(module, entry.function())) {
      return untouched(entry, module.source().text());
    }
    List<OutputSource> sources = sources(entry);
    List<InputUse> uses = new ArrayList<>();
    for (EntryPoint.Input input : entry.inputs()) {
      uses.add(use(input, uses.size(), sources));
    }
    String text = new EntryEditor(module.source(), uses, sources).edit(entry);
    return new AliasPlan(text, uses, sources);
  }

  /** Returns the plan that passes a program to XLA unchanged. */
  public static AliasPlan untouched(EntryPoint entry, String text) {
    List<InputUse> uses =
        entry.inputs().stream()
            .map(input -> input.donated() ? InputUse.DONATED : InputUse.READ)
            .toList();
    List<OutputSource> sources =
        IntStream.range(0, entry.outputs().size())
            .mapToObj(index -> new OutputSource(false, index))
            .toList();
    return new AliasPlan(text, uses, sources);
  }

  private static List<OutputSource> sources(EntryPoint entry) {
    List<OutputSource> sources = new ArrayList<>();
    int computed = 0;
    for (EntryPoint.Output output : entry.outputs()) {
      int index = sources.size();
      OptionalInt same = sameBefore(entry, sources);
      if (isForwarded(entry, index)) {
        sources.add(new OutputSource(true, output.forwardedInput().orElseThrow()));
      } else if (same.isPresent()) {
        sources.add(sources.get(same.getAsInt()));
      } else {
        sources.add(new OutputSource(false, computed));
        computed++;
      }
    }
    return sources;
  }

  /**
   * Returns whether an output can be its input's buffer: XLA must not reuse that buffer for another
   * output, or another input's memory for this one, and both must be in the same kind of memory.
   */
  private static boolean isForwarded(EntryPoint entry, int index) {
    OptionalInt from = entry.outputs().get(index).forwardedInput();
    if (from.isEmpty()) {
      return false;
    }
    EntryPoint.Input input = entry.inputs().get(from.getAsInt());
    OptionalInt donor = donorOf(entry, index);
    boolean givenAway =
        input.aliasedOutput().isPresent()
            && !entry.outputs().get(input.aliasedOutput().getAsInt()).forwardedInput().equals(from);
    return !givenAway
        && (donor.isEmpty() || donor.equals(from))
        && placement(input.argument().attributes()).equals(placementOf(entry, index));
  }

  /** Returns the earlier output with the same value that can share its buffer with the next one. */
  private static OptionalInt sameBefore(EntryPoint entry, List<OutputSource> sources) {
    int index = sources.size();
    EntryPoint.Output output = entry.outputs().get(index);
    for (int i = 0; i < index; i++) {
      EntryPoint.Output other = entry.outputs().get(i);
      boolean same =
          output.forwardedInput().isPresent()
              ? other.forwardedInput().equals(output.forwardedInput()) && !isForwarded(entry, i)
              : output.sameAs().equals(OptionalInt.of(i));
      boolean eachHasMemory =
          donorOf(entry, index).isPresent() && hasMemory(entry, sources, sources.get(i));
      if (same && !eachHasMemory && placementOf(entry, i).equals(placementOf(entry, index))) {
        return OptionalInt.of(i);
      }
    }
    return OptionalInt.empty();
  }

  /** Returns whether the program assigns an input's memory to any of the outputs of a source. */
  private static boolean hasMemory(
      EntryPoint entry, List<OutputSource> sources, OutputSource source) {
    return IntStream.range(0, sources.size())
        .anyMatch(i -> sources.get(i).equals(source) && donorOf(entry, i).isPresent());
  }

  /** Returns the input whose memory the program assigns to an output. */
  private static OptionalInt donorOf(EntryPoint entry, int output) {
    for (int i = 0; i < entry.inputs().size(); i++) {
      if (entry.inputs().get(i).aliasedOutput().equals(OptionalInt.of(output))) {
        return OptionalInt.of(i);
      }
    }
    return OptionalInt.empty();
  }

  private static List<String> placementOf(EntryPoint entry, int output) {
    return placement(entry.function().results().get(output).attributes());
  }

  /** Returns the {@code mhlo} attributes of layout, memory and sharding in a signature. */
  private static List<String> placement(Attributes attributes) {
    return attributes.list().stream()
        .filter(attribute -> attribute.name().startsWith("mhlo."))
        .map(attribute -> attribute.name() + "=" + attribute.text())
        .sorted()
        .toList();
  }

  private static InputUse use(EntryPoint.Input input, int index, List<OutputSource> sources) {
    boolean isOutput = sources.contains(new OutputSource(true, index));
    boolean isRead = isRead(input, sources);
    if (input.donated()) {
      if (isOutput) {
        return isRead ? InputUse.READ_AND_MOVED : InputUse.MOVED;
      }
      return InputUse.DONATED;
    }
    return isRead ? InputUse.READ : InputUse.UNUSED;
  }

  /** Returns whether an input has a use other than a removed return. */
  private static boolean isRead(EntryPoint.Input input, List<OutputSource> sources) {
    Value value = input.argument().value();
    if (value == null) {
      return true;
    }
    for (Use use : value.uses()) {
      if (!use.operation().is("func.return") || !sources.get(use.index()).isInput()) {
        return true;
      }
    }
    return false;
  }
}
