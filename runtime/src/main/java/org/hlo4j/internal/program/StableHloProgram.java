package org.hlo4j.internal.program;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.error.CompilationException;
import org.hlo4j.internal.jax.ExportedFile;
import org.hlo4j.internal.mlir.analysis.DeviceCounts;
import org.hlo4j.internal.mlir.analysis.EntryPoint;
import org.hlo4j.internal.mlir.model.MlirModule;
import org.hlo4j.internal.mlir.rewrite.AliasPlan;
import org.hlo4j.internal.mlir.rewrite.DefaultLayouts;
import org.hlo4j.internal.mlir.syntax.MlirReader;
import org.hlo4j.internal.mlir.text.Bytecode;
import org.hlo4j.internal.mlir.text.SourceText;
import org.hlo4j.internal.sharding.DeclaredShardings;
import org.jspecify.annotations.Nullable;

/**
 * A StableHLO program: the code for XLA, and the information for calls. Two programs are equal if
 * their texts, or bytes and signatures, are equal. Immutable; safe for use by multiple threads.
 *
 * @param name the name in messages
 * @param file the resource with the program, for messages, if there is one
 * @param stubClass the generated class, if there is one
 * @param source the text with its positions; for bytecode, the signature
 * @param platforms the platforms of bytecode with a leading platform index, in order; usually empty
 * @param shardings the declared shardings of inputs and outputs over the partitions
 * @param plan the code for XLA, and the source of each output
 * @param compiledAhead the source of executables that were compiled ahead of time, if any
 */
@SuppressWarnings("ArrayRecordComponent") // It is never changed, and equals compares its content.
public record StableHloProgram(
    String name,
    @Nullable String file,
    @Nullable Class<?> stubClass,
    SourceText source,
    byte @Nullable [] bytecode,
    List<String> platforms,
    EntryPoint entry,
    DeclaredShardings shardings,
    AliasPlan plan,
    @Nullable CompiledAhead compiledAhead) {
  /** The producer in the header of portable bytecode. */
  private static final Pattern PRODUCER = Pattern.compile("StableHLO_v(\\d+\\.\\d+\\.\\d+)");

  /** A source of executables that were compiled ahead of time. */
  public interface CompiledAhead {
    /** Returns the bytes of a serialized executable with a key, or null if there is none. */
    byte @Nullable [] find(String key);
  }

  /**
   * Returns the program of a module.
   *
   * @throws CompilationException if it cannot run on so many devices; the message shows the line
   */
  public static StableHloProgram of(MlirModule module, DeviceCounts counts) {
    EntryPoint entry = EntryPoint.of(module, counts);
    String name = module.name().isEmpty() ? "the program" : module.name();
    // One buffer for the whole tensor need not be one for each partition: XLA decides.
    AliasPlan plan =
        counts.partitions() > 1
            ? AliasPlan.untouched(entry, module.source().text())
            : AliasPlan.of(module, entry);
    return new StableHloProgram(
        name,
        null,
        null,
        module.source(),
        null,
        List.of(),
        entry,
        declaredIn(module, entry),
        plan,
        null);
  }

  private static DeclaredShardings declaredIn(MlirModule module, EntryPoint entry) {
    int partitions = entry.counts().partitions();
    return partitions == 1
        ? DeclaredShardings.whole(entry)
        : DeclaredShardings.of(module, entry, partitions);
  }

  /**
   * Returns a program in bytecode, or in a file of {@code jax.export.Exported.serialize()}.
   *
   * @param signature the signature of its {@code @main}
   * @throws CompilationException if {@code signature} is not a valid signature, or a build tool
   *     filtered the bytecode as text
   */
  public static StableHloProgram ofBytecode(
      byte[] bytecode, String signature, DeviceCounts counts) {
    Bytecode.filtered(bytecode)
        .ifPresent(
            problem -> {
              throw new CompilationException("This bytecode " + problem);
            });
    byte[] module = ExportedFile.moduleIn(bytecode.clone());
    List<String> platforms = ExportedFile.indexedPlatformsIn(bytecode);
    if (!platforms.isEmpty() && counts.devices() > 1) {
      throw new CompilationException(
          "a program in bytecode that was exported for several platforms runs on one device only");
    }
    EntryPoint entry = EntryPoint.ofSignature(signature, counts);
    return new StableHloProgram(
        "the program",
        null,
        null,
        new SourceText(signature),
        module,
        platforms,
        entry,
        counts.partitions() == 1
            ? DeclaredShardings.whole(entry)
            : DeclaredShardings.unknown(entry, module),
        AliasPlan.untouched(entry, ""),
        null);
  }

  /**
   * Returns the numbers of replicas and partitions.
   *
   * @throws ArgumentException if a number is not positive
   */
  public static DeviceCounts counts(int replicas, int partitions) {
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

  /** Returns the same program under a name, which appears in messages. */
  public StableHloProgram named(String name) {
    return new StableHloProgram(
        name, file, stubClass, source, bytecode, platforms, entry, shardings, plan, compiledAhead);
  }

  /**
   * Returns the same program under a kernel's names.
   *
   * @param stubs the generated class, whose frames are not call sites of the user
   * @param inputs the names of the inputs in Java, in order
   * @param file the resource with the program, if there is one
   */
  public StableHloProgram named(
      String name, Class<?> stubs, List<String> inputs, @Nullable String file) {
    EntryPoint renamed = entry.named(inputs);
    return new StableHloProgram(
        name, file, stubs, source, bytecode, platforms, renamed, shardings, plan, compiledAhead);
  }

  /** Returns the name and the file, for messages about the text. */
  public String nameAndFile() {
    return file == null ? name : "%s (%s)".formatted(name, file);
  }

  /** Returns the same program with executables compiled ahead of time, used where they fit. */
  public StableHloProgram compiledAhead(CompiledAhead executables) {
    return new StableHloProgram(
        name, file, stubClass, source, bytecode, platforms, entry, shardings, plan, executables);
  }

  /** Returns the same program without rewriting. */
  public StableHloProgram asWritten() {
    if (isBytecode()) {
      return this;
    }
    MlirModule module = MlirReader.read(text());
    EntryPoint read = EntryPoint.of(module, counts());
    return new StableHloProgram(
        name,
        file,
        stubClass,
        source,
        null,
        List.of(),
        read,
        declaredIn(module, read),
        AliasPlan.untouched(read, text()),
        null);
  }

  /** Returns the name of the class whose nested classes are between user code and this program. */
  public @Nullable String stubs() {
    return stubClass == null ? null : stubClass.getName();
  }

  /** Returns the text, or the signature of bytecode. */
  public String text() {
    return source.text();
  }

  public List<EntryPoint.Input> inputs() {
    return entry.inputs();
  }

  public List<EntryPoint.Output> outputs() {
    return entry.outputs();
  }

  /** Returns the collective operations, such as {@code all_reduce [0, 1]}, in program order. */
  public List<String> collectives() {
    return entry.collectives();
  }

  /** Returns the numbers of replicas and partitions. */
  public DeviceCounts counts() {
    return entry.counts();
  }

  /** Returns whether another program has the same name in messages. */
  public boolean sameNameAs(StableHloProgram other) {
    return name.equals(other.name) && stubClass == other.stubClass;
  }

  public long inputBytes() {
    return inputs().stream().mapToLong(input -> input.shape().byteSize()).sum();
  }

  public long outputBytes() {
    return outputs().stream().mapToLong(output -> output.shape().byteSize()).sum();
  }

  /** Returns the indices of the donated inputs. */
  public int[] donatedInputs() {
    return IntStream.range(0, inputs().size()).filter(i -> inputs().get(i).donated()).toArray();
  }

  /** Returns whether this is bytecode, of which only the signature was parsed. */
  public boolean isBytecode() {
    return bytecode != null;
  }

  /** Returns the version of StableHLO that bytecode was written for, such as 1.15.0, if known. */
  public Optional<String> producerVersion() {
    if (bytecode == null) {
      return Optional.empty();
    }
    String head =
        new String(bytecode, 0, Math.min(bytecode.length, 64), StandardCharsets.ISO_8859_1);
    return PRODUCER.matcher(head).results().map(found -> found.group(1)).findFirst();
  }

  /** Returns the code to pass to XLA through a plugin's client. */
  public byte[] code(PluginDialect dialect) {
    return bytecode == null
        ? dialect.write(DefaultLayouts.in(plan.text())).getBytes(StandardCharsets.UTF_8)
        : bytecode;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof StableHloProgram that
        && text().equals(that.text())
        && Arrays.equals(bytecode, that.bytecode)
        && platforms.equals(that.platforms)
        && counts().equals(that.counts())
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
