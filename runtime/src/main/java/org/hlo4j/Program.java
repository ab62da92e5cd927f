package org.hlo4j;

import java.util.List;
import org.hlo4j.error.CompilationException;
import org.hlo4j.internal.mlir.AliasPlan;
import org.hlo4j.internal.mlir.EntryPoint;
import org.hlo4j.internal.mlir.MlirModule;
import org.hlo4j.internal.mlir.MlirReader;
import org.hlo4j.internal.mlir.SourceText;
import org.jspecify.annotations.Nullable;

/**
 * A StableHLO program in MLIR's text form, with the signature of its {@code @main}. Two programs
 * are equal if their texts are. Immutable; safe for use by many threads.
 */
public final class Program {
  private final String name;
  private final @Nullable Class<?> stubs;
  private final SourceText source;
  private final List<ProgramInput> inputs;
  private final List<ProgramOutput> outputs;
  private final AliasPlan plan;

  private Program(
      String name,
      @Nullable Class<?> stubs,
      SourceText source,
      List<ProgramInput> inputs,
      List<ProgramOutput> outputs,
      AliasPlan plan) {
    this.name = name;
    this.stubs = stubs;
    this.source = source;
    this.inputs = inputs;
    this.outputs = outputs;
    this.plan = plan;
  }

  /**
   * Reads a program: a {@code module}, or bare functions, with a {@code @main} that takes and
   * returns tensors of static shapes.
   *
   * @throws CompilationException if the text is something else; the message shows the line
   */
  public static Program of(String text) {
    MlirModule module = MlirReader.read(text);
    EntryPoint entry = EntryPoint.of(module);
    return new Program(
        module.name().isEmpty() ? "the program" : module.name(),
        null,
        module.source(),
        entry.inputs().stream()
            .map(
                input ->
                    new ProgramInput(
                        input.name(),
                        input.shape(),
                        input.donated(),
                        input.aliasedOutput(),
                        input.unused()))
            .toList(),
        entry.outputs().stream()
            .map(
                output ->
                    new ProgramOutput(
                        output.name(), output.shape(), output.forwardedInput(), output.sameAs()))
            .toList(),
        AliasPlan.of(module, entry));
  }

  /** The same program under a name, which messages then use. */
  public Program named(String name) {
    return new Program(name, stubs, source, inputs, outputs, plan);
  }

  /**
   * The same program under a kernel's name, for generated code.
   *
   * @param stubs the generated class, whose frames are no call sites of a user's
   */
  public Program named(String name, Class<?> stubs) {
    return new Program(name, stubs, source, inputs, outputs, plan);
  }

  /** What messages call it: the name given to it, or its module's. */
  public String name() {
    return name;
  }

  /** The text. */
  public String text() {
    return source.text();
  }

  /** The inputs of {@code @main}, in order. */
  public List<ProgramInput> inputs() {
    return inputs;
  }

  /** The outputs of {@code @main}, in order. */
  public List<ProgramOutput> outputs() {
    return outputs;
  }

  /** The name of the class whose nested classes stand between the user and this program. */
  @Nullable String stubs() {
    return stubs == null ? null : stubs.getName();
  }

  boolean sameNameAs(Program other) {
    return name.equals(other.name) && stubs == other.stubs;
  }

  /** What XLA gets of it, and where the outputs come from. */
  AliasPlan plan() {
    return plan;
  }

  SourceText source() {
    return source;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Program that && text().equals(that.text());
  }

  @Override
  public int hashCode() {
    return text().hashCode();
  }

  @Override
  public String toString() {
    return name;
  }
}
