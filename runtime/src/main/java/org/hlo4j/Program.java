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
 * A StableHLO program with the signature of its {@code @main}, as MLIR text or portable bytecode.
 * Two programs are equal if their texts, or bytes and signatures, are equal. Immutable; safe for
 * use by multiple threads.
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

  /** A source of executables that were compiled ahead of time. */
  public interface CompiledAhead {
    /**
     * Returns the bytes of the {@link SerializedExecutable} with a key, or null if there is none.
     */
    byte @Nullable [] find(String key);
  }

  /**
   * Parses a program: a {@code module}, or bare functions, with a {@code @main} whose inputs and
   * outputs are tensors of static shapes. It runs on as many devices as the module declares ({@code
   * mhlo.num_replicas}, {@code mhlo.num_partitions}), or else on one.
   *
   * @throws CompilationException if the text is not such a program; the message shows the line
   */
  public static Program of(String text) {
    MlirModule module = MlirReader.read(text);
    return new Program(StableHloProgram.of(module, DeviceCounts.in(module)));
  }

  /**
   * Parses a program for several devices.
   *
   * @param replicas the number of replicas, each with its own data
   * @param partitions the number of partitions over which each replica's data is sharded
   * @throws CompilationException if the text is not a program, or declares other numbers; the
   *     message shows the line
   * @throws ArgumentException if a number is not positive
   */
  public static Program of(String text, int replicas, int partitions) {
    return new Program(
        StableHloProgram.of(MlirReader.read(text), StableHloProgram.counts(replicas, partitions)));
  }

  /**
   * Parses a program that JAX exported for several platforms. The leading platform index argument
   * is not one of its inputs: the plugin determines it.
   *
   * @param platforms the platforms in the order passed to {@code jax.export}, such as {@code
   *     List.of("cuda", "cpu")}
   * @throws CompilationException if the text is not a program, or was exported for another number
   *     of platforms; the message shows the line
   */
  public static Program of(String text, List<String> platforms) {
    return of(PlatformIndex.hidden(text, platforms));
  }

  /**
   * Creates a program for one device from StableHLO's portable bytecode, or from a file of {@code
   * jax.export.Exported.serialize()}. The bytecode is not read until XLA compiles it; compilation
   * then verifies the signature.
   *
   * @param signature the signature of {@code @main}, such as {@code (%x: tensor<4xf32>) ->
   *     tensor<4xf32>}, with {@code {tf.aliasing_output = 0 : i32}} after the type of a donated
   *     input
   * @throws CompilationException if {@code signature} is not a valid signature, or a build tool
   *     filtered the bytecode as text
   */
  public static Program ofBytecode(byte[] bytecode, String signature) {
    return ofBytecode(bytecode, signature, 1, 1);
  }

  /**
   * Creates a program for several devices from bytecode. XLA determines the shardings of its inputs
   * and outputs when it compiles the program.
   *
   * @param signature the signature of {@code @main}, as for {@link #ofBytecode(byte[], String)}
   * @param replicas the number of replicas, each with its own data
   * @param partitions the number of partitions over which each replica's data is sharded
   * @throws CompilationException if {@code signature} is not a valid signature, or a build tool
   *     filtered the bytecode as text
   * @throws ArgumentException if a number is not positive
   */
  public static Program ofBytecode(
      byte[] bytecode, String signature, int replicas, int partitions) {
    return new Program(
        StableHloProgram.ofBytecode(
            bytecode, signature, StableHloProgram.counts(replicas, partitions)));
  }

  /**
   * Creates a program from a file of {@code jax.export.Exported.serialize()}, with the file's
   * signature and number of partitions.
   *
   * @throws CompilationException if the file is in another format or corrupt, or its program
   *     donates inputs, which the file does not identify: use {@code Program.ofBytecode(file,
   *     device.signatureOf(file))}
   */
  public static Program ofExported(byte[] file) {
    if (!ExportedFile.isOne(file)) {
      throw new CompilationException("this is not a file of jax.export.Exported.serialize()");
    }
    ExportedFile exported = ExportedFile.read(file);
    if (exported.donates()) {
      throw new CompilationException(
          "the program donates inputs, but the file does not identify them; use"
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

  /** Returns the same program under a name, which appears in messages. */
  public Program named(String name) {
    return with(body.named(name));
  }

  private Program with(StableHloProgram other) {
    return new Program(other, inputs, outputs);
  }

  /**
   * Returns the same program under a kernel's names, for generated code.
   *
   * @param stubs the generated class, whose frames are not call sites of the user
   * @param inputs the names of the inputs in Java, in order
   * @param file the resource with the program, if there is one
   */
  public Program named(String name, Class<?> stubs, List<String> inputs, @Nullable String file) {
    return new Program(body.named(name, stubs, inputs, file));
  }

  /**
   * Returns the same program without rewriting: XLA then copies outputs that are inputs or
   * duplicates of other outputs.
   */
  public Program asWritten() {
    return body.isBytecode() ? this : new Program(body.asWritten());
  }

  /** Returns the same program with executables compiled ahead of time, used where they fit. */
  public Program compiledAhead(CompiledAhead executables) {
    return with(body.compiledAhead(executables::find));
  }

  /** Returns the name used in messages: the one set by {@link #named(String)}, or the module's. */
  public String name() {
    return body.name();
  }

  /** Returns the text, or the signature of a program in bytecode. */
  public String text() {
    return body.text();
  }

  /** Returns the inputs of {@code @main}, in order. */
  public List<ProgramInput> inputs() {
    return inputs;
  }

  /** Returns the outputs of {@code @main}, in order. */
  public List<ProgramOutput> outputs() {
    return outputs;
  }

  /** Returns the collective operations, such as {@code all_reduce [0, 1]}, in program order. */
  public List<String> collectives() {
    return body.collectives();
  }

  /** Returns the number of replicas, each with its own data. */
  public int replicas() {
    return body.counts().replicas();
  }

  /** Returns the number of partitions over which each replica's data is sharded. */
  public int partitions() {
    return body.counts().partitions();
  }

  /** Returns the internal representation. */
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
