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
 * A StableHLO program: what XLA gets of it, and what calls have to know. Two programs are equal if
 * their texts, or bytes and signatures, are. Immutable; safe for use by many threads.
 *
 * @param name what messages call it
 * @param file the resource with the program, for messages, if there is one
 * @param stubClass the generated class, if there is one
 * @param source the text with its places; of bytecode, the signature
 * @param platforms those of which bytecode takes an index before its inputs, in order; mostly none
 * @param shardings how inputs and outputs are spread over the partitions, as far as it says
 * @param plan what XLA gets of it, and where the outputs come from
 * @param compiledAhead where executables were put ahead of time, if they were
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
  /** How the writer of portable bytecode names itself, behind the magic number. */
  private static final Pattern PRODUCER = Pattern.compile("StableHLO_v(\\d+\\.\\d+\\.\\d+)");

  /** Finds executables that were compiled ahead of time. */
  public interface CompiledAhead {
    /** The bytes of a serialized executable with a key, or null if there are none. */
    byte @Nullable [] find(String key);
  }

  /**
   * The program of a module.
   *
   * @throws CompilationException if it cannot run on so many devices; the message shows the line
   */
  public static StableHloProgram of(MlirModule module, DeviceCounts counts) {
    EntryPoint entry = EntryPoint.of(module, counts);
    String name = module.name().isEmpty() ? "the program" : module.name();
    // What is one buffer for the whole need not be one for each partition: XLA sees to that.
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
   * A program in bytecode, or in a file of {@code jax.export.Exported.serialize()}.
   *
   * @param signature what its {@code @main} takes and returns
   * @throws CompilationException if the signature is none, or a build has filtered the bytecode as
   *     text
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
   * How many devices a program runs on.
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

  /** The same program under a name, which messages then use. */
  public StableHloProgram named(String name) {
    return new StableHloProgram(
        name, file, stubClass, source, bytecode, platforms, entry, shardings, plan, compiledAhead);
  }

  /**
   * The same program under a kernel's names.
   *
   * @param stubs the generated class, whose frames are no call sites of a user's
   * @param inputs the names of the inputs in Java, in order
   * @param file the resource with the program, if there is one
   */
  public StableHloProgram named(
      String name, Class<?> stubs, List<String> inputs, @Nullable String file) {
    EntryPoint renamed = entry.named(inputs);
    return new StableHloProgram(
        name, file, stubs, source, bytecode, platforms, renamed, shardings, plan, compiledAhead);
  }

  /** The name and the file, for messages about the text. */
  public String nameAndFile() {
    return file == null ? name : "%s (%s)".formatted(name, file);
  }

  /** The same program, taking executables that fit from where they were put ahead of time. */
  public StableHloProgram compiledAhead(CompiledAhead executables) {
    return new StableHloProgram(
        name, file, stubClass, source, bytecode, platforms, entry, shardings, plan, executables);
  }

  /** The same program, given to XLA as it is. */
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

  /** The name of the class whose nested classes stand between the user and this program. */
  public @Nullable String stubs() {
    return stubClass == null ? null : stubClass.getName();
  }

  /** The text; of bytecode, the signature. */
  public String text() {
    return source.text();
  }

  public List<EntryPoint.Input> inputs() {
    return entry.inputs();
  }

  public List<EntryPoint.Output> outputs() {
    return entry.outputs();
  }

  /** The collective operations, such as {@code all_reduce [0, 1]}, in the order of the text. */
  public List<String> collectives() {
    return entry.collectives();
  }

  /** As how many replicas of how many partitions it runs. */
  public DeviceCounts counts() {
    return entry.counts();
  }

  /** Whether messages call another program the same. */
  public boolean sameNameAs(StableHloProgram other) {
    return name.equals(other.name) && stubClass == other.stubClass;
  }

  public long inputBytes() {
    return inputs().stream().mapToLong(input -> input.shape().byteSize()).sum();
  }

  public long outputBytes() {
    return outputs().stream().mapToLong(output -> output.shape().byteSize()).sum();
  }

  /** The places of the inputs that a call takes away. */
  public int[] donatedInputs() {
    return IntStream.range(0, inputs().size()).filter(i -> inputs().get(i).donated()).toArray();
  }

  /** Whether it is bytecode, of which nobody has read more than the signature. */
  public boolean isBytecode() {
    return bytecode != null;
  }

  /** The version of StableHLO that bytecode was written for, such as 1.15.0, if it says. */
  public Optional<String> producerVersion() {
    if (bytecode == null) {
      return Optional.empty();
    }
    String head =
        new String(bytecode, 0, Math.min(bytecode.length, 64), StandardCharsets.ISO_8859_1);
    return PRODUCER.matcher(head).results().map(found -> found.group(1)).findFirst();
  }

  /** What XLA gets from a plugin's client. */
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
