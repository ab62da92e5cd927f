package org.hlo4j;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.error.CompilationException;
import org.hlo4j.internal.compile.PluginDialect;
import org.hlo4j.internal.jax.ExportedFile;
import org.hlo4j.internal.mlir.analysis.DeviceCounts;
import org.hlo4j.internal.mlir.analysis.EntryPoint;
import org.hlo4j.internal.mlir.model.MlirModule;
import org.hlo4j.internal.mlir.rewrite.AliasPlan;
import org.hlo4j.internal.mlir.rewrite.DefaultLayouts;
import org.hlo4j.internal.mlir.rewrite.PlatformIndex;
import org.hlo4j.internal.mlir.syntax.MlirReader;
import org.hlo4j.internal.mlir.text.Bytecode;
import org.hlo4j.internal.mlir.text.SourceText;
import org.hlo4j.internal.sharding.DeclaredShardings;
import org.jspecify.annotations.Nullable;

/**
 * A StableHLO program with the signature of its {@code @main}: in MLIR's text form, or as portable
 * bytecode. Two programs are equal if their texts, or bytes and signatures, are. Immutable; safe
 * for use by many threads.
 */
public final class Program {
  private final String name;
  private final @Nullable Class<?> stubs;
  private final SourceText source;
  private final byte @Nullable [] bytecode;
  private final List<String> platforms;
  private final List<ProgramInput> inputs;
  private final List<ProgramOutput> outputs;
  private final List<String> collectives;
  private final AliasPlan plan;
  private final DeviceCounts counts;
  private final boolean usesShardy;
  private final @Nullable CompiledAhead compiledAhead;

  private Program(
      String name,
      @Nullable Class<?> stubs,
      SourceText source,
      byte @Nullable [] bytecode,
      List<String> platforms,
      EntryPoint entry,
      DeclaredShardings shardings,
      AliasPlan plan) {
    this.name = name;
    this.stubs = stubs;
    this.source = source;
    this.bytecode = bytecode;
    this.platforms = platforms;
    this.inputs = inputs(entry, shardings);
    this.outputs = outputs(entry, plan, shardings);
    this.collectives = entry.collectives();
    this.plan = plan;
    this.counts = entry.counts();
    this.usesShardy = shardings.shardy();
    this.compiledAhead = null;
  }

  private Program(
      Program other, String name, @Nullable Class<?> stubs, @Nullable CompiledAhead compiledAhead) {
    this.name = name;
    this.stubs = stubs;
    this.source = other.source;
    this.bytecode = other.bytecode;
    this.platforms = other.platforms;
    this.inputs = other.inputs;
    this.outputs = other.outputs;
    this.collectives = other.collectives;
    this.plan = other.plan;
    this.counts = other.counts;
    this.usesShardy = other.usesShardy;
    this.compiledAhead = compiledAhead;
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
    return of(module, DeviceCounts.in(module));
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
    return of(MlirReader.read(text), counts(replicas, partitions));
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

  private static Program of(MlirModule module, DeviceCounts counts) {
    EntryPoint entry = EntryPoint.of(module, counts);
    String name = module.name().isEmpty() ? "the program" : module.name();
    // What is one buffer for the whole need not be one for each partition: XLA sees to that.
    AliasPlan plan =
        counts.partitions() > 1
            ? AliasPlan.untouched(entry, module.source().text())
            : AliasPlan.of(module, entry);
    return new Program(
        name, null, module.source(), null, List.of(), entry, shardings(module, entry), plan);
  }

  private static DeviceCounts counts(int replicas, int partitions) {
    if (!DeviceCounts.isPossible(replicas) || !DeviceCounts.isPossible(partitions)) {
      throw new ArgumentException(
          String.format(
              Locale.ROOT,
              "A program cannot run as %d replicas of %d partitions",
              replicas,
              partitions));
    }
    return new DeviceCounts(replicas, partitions);
  }

  private static DeclaredShardings shardings(MlirModule module, EntryPoint entry) {
    int partitions = entry.counts().partitions();
    return partitions == 1
        ? DeclaredShardings.whole(entry)
        : DeclaredShardings.of(module, entry, partitions);
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
    Bytecode.filtered(bytecode)
        .ifPresent(
            problem -> {
              throw new CompilationException("This bytecode " + problem);
            });
    byte[] module = ExportedFile.moduleIn(bytecode.clone());
    List<String> platforms = ExportedFile.indexedPlatformsIn(bytecode);
    if (!platforms.isEmpty() && replicas * partitions > 1) {
      throw new CompilationException(
          "a program in bytecode that was exported for several platforms runs on one device only");
    }
    EntryPoint entry = EntryPoint.ofSignature(signature, counts(replicas, partitions));
    return new Program(
        "the program",
        null,
        new SourceText(signature),
        module,
        platforms,
        entry,
        partitions == 1 ? DeclaredShardings.whole(entry) : DeclaredShardings.unknown(entry, module),
        AliasPlan.untouched(entry, ""));
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
      throw new CompilationException("this is no file of jax.export.Exported.serialize()");
    }
    ExportedFile exported = ExportedFile.read(file);
    if (exported.donates()) {
      throw new CompilationException(
          "the program donates inputs, and the file does not say which; take it by"
              + " Program.ofBytecode(file, device.signatureOf(file))");
    }
    return ofBytecode(file, exported.signature(), 1, exported.devices());
  }

  private static List<ProgramInput> inputs(EntryPoint entry, DeclaredShardings shardings) {
    List<ProgramInput> inputs = new ArrayList<>();
    for (EntryPoint.Input input : entry.inputs()) {
      inputs.add(
          new ProgramInput(
              input.name(),
              input.label(),
              input.shape(),
              input.donated(),
              input.aliasedOutput(),
              input.unused(),
              shardings.inputs().get(inputs.size()).map(Sharding::of)));
    }
    return List.copyOf(inputs);
  }

  private static List<ProgramOutput> outputs(
      EntryPoint entry, AliasPlan plan, DeclaredShardings shardings) {
    List<ProgramOutput> outputs = new ArrayList<>();
    for (EntryPoint.Output output : entry.outputs()) {
      boolean known = output.forwardedInput().isPresent() || output.sameAs().isPresent();
      outputs.add(
          new ProgramOutput(
              output.name(),
              output.shape(),
              output.forwardedInput(),
              output.sameAs(),
              known && !plan.shares(outputs.size()),
              shardings.outputs().get(outputs.size()).map(Sharding::of)));
    }
    return List.copyOf(outputs);
  }

  /** The same program under a name, which messages then use. */
  public Program named(String name) {
    return new Program(this, name, stubs, compiledAhead);
  }

  /**
   * The same program under a kernel's name, for generated code.
   *
   * @param stubs the generated class, whose frames are no call sites of a user's
   */
  public Program named(String name, Class<?> stubs) {
    return new Program(this, name, stubs, compiledAhead);
  }

  /**
   * The same program, given to XLA as it is: it then copies outputs that are inputs, or other
   * outputs.
   */
  public Program asWritten() {
    if (isBytecode()) {
      return this;
    }
    MlirModule module = MlirReader.read(text());
    EntryPoint entry = EntryPoint.of(module, counts);
    return new Program(
        name,
        stubs,
        source,
        null,
        List.of(),
        entry,
        shardings(module, entry),
        AliasPlan.untouched(entry, text()));
  }

  /** The same program, taking executables that fit from where they were put ahead of time. */
  public Program compiledAhead(CompiledAhead executables) {
    return new Program(this, name, stubs, executables);
  }

  /** What messages call it: the name given to it, or its module's. */
  public String name() {
    return name;
  }

  /** The text; of bytecode, the signature. */
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

  /** The collective operations, such as {@code all_reduce [0, 1]}, in the order of the text. */
  public List<String> collectives() {
    return collectives;
  }

  /** As how many replicas it runs, each with its own data. */
  public int replicas() {
    return counts.replicas();
  }

  /** Over how many partitions each replica's data is spread. */
  public int partitions() {
    return counts.partitions();
  }

  DeviceCounts counts() {
    return counts;
  }

  /** Whether it says in Shardy's dialect how it is partitioned. */
  boolean usesShardy() {
    return usesShardy;
  }

  /** The name of the class whose nested classes stand between the user and this program. */
  @Nullable String stubs() {
    return stubs == null ? null : stubs.getName();
  }

  boolean sameNameAs(Program other) {
    return name.equals(other.name) && stubs == other.stubs;
  }

  @Nullable CompiledAhead compiledAhead() {
    return compiledAhead;
  }

  /** The platforms of which bytecode takes an index before its inputs, in order; mostly none. */
  List<String> platforms() {
    return platforms;
  }

  /** The size of all inputs. */
  long inputBytes() {
    return inputs.stream().mapToLong(input -> input.shape().byteSize()).sum();
  }

  /** The size of all outputs. */
  long outputBytes() {
    return outputs.stream().mapToLong(output -> output.shape().byteSize()).sum();
  }

  /** The places of the inputs that a call takes away. */
  int[] donatedInputs() {
    return IntStream.range(0, inputs.size()).filter(i -> inputs.get(i).donated()).toArray();
  }

  boolean isBytecode() {
    return bytecode != null;
  }

  /** What XLA gets from a plugin's client. */
  byte[] code(PluginDialect dialect) {
    return bytecode == null
        ? dialect.write(DefaultLayouts.in(plan.text())).getBytes(StandardCharsets.UTF_8)
        : bytecode;
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
    return other instanceof Program that
        && text().equals(that.text())
        && Arrays.equals(bytecode, that.bytecode)
        && platforms.equals(that.platforms)
        && counts.equals(that.counts)
        && plan.text().equals(that.plan.text());
  }

  @Override
  public int hashCode() {
    return 31 * text().hashCode() + Arrays.hashCode(bytecode);
  }

  @Override
  public String toString() {
    return name;
  }
}
