package org.hlo4j;

import java.util.ArrayList;
import java.util.List;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.error.CompilationException;
import org.hlo4j.internal.jax.ExportedFile;
import org.hlo4j.internal.mlir.analysis.DeviceCounts;
import org.hlo4j.internal.mlir.analysis.EntryPoint;
import org.hlo4j.internal.mlir.model.MlirModule;
import org.hlo4j.internal.mlir.rewrite.PlatformIndex;
import org.hlo4j.internal.mlir.syntax.MlirReader;
import org.hlo4j.internal.program.StableHloProgram;
import org.jspecify.annotations.Nullable;

/**
 * A StableHLO program with the signature of its {@code @main}: in MLIR's text form, or as portable
 * bytecode. Two programs are equal if their texts, or bytes and signatures, are. Immutable; safe
 * for use by many threads.
 */
public final class Program {
  private final StableHloProgram body;
  private final List<ProgramInput> inputs;
  private final List<ProgramOutput> outputs;

  private Program(StableHloProgram body) {
    this(body, inputs(body), outputs(body));
  }

  private Program(StableHloProgram body, List<ProgramInput> inputs, List<ProgramOutput> outputs) {
    this.body = body;
    this.inputs = inputs;
    this.outputs = outputs;
  }

  /** Finds executables that were compiled ahead of time. */
  public interface CompiledAhead {
    /** The bytes of a {@link SerializedExecutable} with a key, or null if there are none. */
    byte @Nullable [] find(String key);
  }

  /**
   * Reads a program: a {@code module}, or bare functions, with a {@code @main} that takes and
   * returns tensors of static shapes. It runs on as many devices as the module says ({@code
   * mhlo.num_replicas}, {@code mhlo.num_partitions}), or else on one.
   *
   * @throws CompilationException if the text is something else; the message shows the line
   */
  public static Program of(String text) {
    MlirModule module = MlirReader.read(text);
    return new Program(StableHloProgram.of(module, DeviceCounts.in(module)));
  }

  /**
   * Reads a program for several devices.
   *
   * @param replicas as how many replicas it runs, each with its own data
   * @param partitions over how many partitions each replica's data is spread
   * @throws CompilationException if the text is something else, or says other numbers; the message
   *     shows the line
   * @throws ArgumentException if a number is not positive
   */
  public static Program of(String text, int replicas, int partitions) {
    return new Program(
        StableHloProgram.of(MlirReader.read(text), StableHloProgram.counts(replicas, partitions)));
  }

  /**
   * Reads a program that JAX exported for several platforms. The index by which it learns which one
   * it runs on is none of its inputs: it follows from the plugin.
   *
   * @param platforms as {@code jax.export} got them, in that order: {@code List.of("cuda", "cpu")}
   * @throws CompilationException if the text is something else, or the program was exported for
   *     another number of platforms; the message shows the line
   */
  public static Program of(String text, List<String> platforms) {
    return of(PlatformIndex.hidden(text, platforms));
  }

  /**
   * Takes a program in StableHLO's portable bytecode, or a file of {@code
   * jax.export.Exported.serialize()} with one, for one device. Nothing of it is read before XLA
   * compiles it; compiling then checks that the signature is true.
   *
   * @param signature of {@code @main}, such as {@code (%x: tensor<4xf32>) -> tensor<4xf32>}, with
   *     {@code {tf.aliasing_output = 0 : i32}} behind the type of an input that it donates
   * @throws CompilationException if the signature is none, or a build has filtered the bytecode as
   *     text
   */
  public static Program ofBytecode(byte[] bytecode, String signature) {
    return ofBytecode(bytecode, signature, 1, 1);
  }

  /**
   * Takes a program in bytecode, for several devices. How its inputs and outputs are spread is what
   * XLA says once it has compiled the program.
   *
   * @param signature of {@code @main}, as {@link #ofBytecode(byte[], String)} takes it
   * @param replicas as how many replicas it runs, each with its own data
   * @param partitions over how many partitions each replica's data is spread
   * @throws CompilationException if the signature is none, or a build has filtered the bytecode as
   *     text
   * @throws ArgumentException if a number is not positive
   */
  public static Program ofBytecode(
      byte[] bytecode, String signature, int replicas, int partitions) {
    return new Program(
        StableHloProgram.ofBytecode(
            bytecode, signature, StableHloProgram.counts(replicas, partitions)));
  }

  /**
   * Takes a program from a file of {@code jax.export.Exported.serialize()}, with the signature and
   * the number of partitions that it says.
   *
   * @throws CompilationException if the file is none, or damaged; or if its program donates inputs,
   *     since the file does not say which: {@code Program.ofBytecode(file,
   *     device.signatureOf(file))} asks XLA
   */
  public static Program ofExported(byte[] file) {
    if (!ExportedFile.isOne(file)) {
      throw new CompilationException("this is not a file of jax.export.Exported.serialize()");
    }
    ExportedFile exported = ExportedFile.read(file);
    if (exported.donates()) {
      throw new CompilationException(
          "the program donates inputs, but the file does not specify them; use"
              + " Program.ofBytecode(file, device.signatureOf(file))");
    }
    return ofBytecode(file, exported.signature(), 1, exported.devices());
  }

  private static List<ProgramInput> inputs(StableHloProgram body) {
    List<ProgramInput> inputs = new ArrayList<>();
    for (EntryPoint.Input input : body.inputs()) {
      inputs.add(
          new ProgramInput(
              input.name(),
              input.label(),
              input.shape(),
              input.donated(),
              input.aliasedOutput(),
              input.unused(),
              body.shardings().inputs().get(inputs.size()).map(Sharding::of)));
    }
    return List.copyOf(inputs);
  }

  private static List<ProgramOutput> outputs(StableHloProgram body) {
    List<ProgramOutput> outputs = new ArrayList<>();
    for (EntryPoint.Output output : body.outputs()) {
      boolean known = output.forwardedInput().isPresent() || output.sameAs().isPresent();
      outputs.add(
          new ProgramOutput(
              output.name(),
              output.shape(),
              output.forwardedInput(),
              output.sameAs(),
              known && !body.plan().shares(outputs.size()),
              body.shardings().outputs().get(outputs.size()).map(Sharding::of)));
    }
    return List.copyOf(outputs);
  }

  /** The same program under a name, which messages then use. */
  public Program named(String name) {
    return with(body.named(name));
  }

  private Program with(StableHloProgram other) {
    return new Program(other, inputs, outputs);
  }

  /**
   * The same program under a kernel's names, for generated code.
   *
   * @param stubs the generated class, whose frames are no call sites of a user's
   * @param inputs the names of the inputs in Java, in order
   * @param file the resource with the program, if there is one
   */
  public Program named(String name, Class<?> stubs, List<String> inputs, @Nullable String file) {
    return new Program(body.named(name, stubs, inputs, file));
  }

  /**
   * The same program, given to XLA as it is: it then copies outputs that are inputs, or other
   * outputs.
   */
  public Program asWritten() {
    return body.isBytecode() ? this : new Program(body.asWritten());
  }

  /** The same program, taking executables that fit from where they were put ahead of time. */
  public Program compiledAhead(CompiledAhead executables) {
    return with(body.compiledAhead(executables::find));
  }

  /** What messages call it: the name given to it, or its module's. */
  public String name() {
    return body.name();
  }

  /** The text; of bytecode, the signature. */
  public String text() {
    return body.text();
  }

  /** The inputs of {@code @main}, in order. */
  public List<ProgramInput> inputs() {
    return inputs;
  }

  /** The outputs of {@code @main}, in order. */
  public List<ProgramOutput> outputs() {
    return outputs;
  }

  /** The collective operations, such as {@code all_reduce [0, 1]}, in the order of the text. */
  public List<String> collectives() {
    return body.collectives();
  }

  /** As how many replicas it runs, each with its own data. */
  public int replicas() {
    return body.counts().replicas();
  }

  /** Over how many partitions each replica's data is spread. */
  public int partitions() {
    return body.counts().partitions();
  }

  /** What the library's internals know of it. */
  StableHloProgram body() {
    return body;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Program that && body.equals(that.body);
  }

  @Override
  public int hashCode() {
    return body.hashCode();
  }

  @Override
  public String toString() {
    return body.name();
  }
}
