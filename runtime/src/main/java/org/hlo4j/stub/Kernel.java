package org.hlo4j.stub;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.IntStream;
import org.hlo4j.Device;
import org.hlo4j.DeviceGroup;
import org.hlo4j.Executable;
import org.hlo4j.KernelMetadata;
import org.hlo4j.Program;
import org.hlo4j.Promise;
import org.hlo4j.ShardedExecutable;
import org.hlo4j.error.CompilationException;
import org.hlo4j.internal.mlir.ProgramText;
import org.jspecify.annotations.Nullable;

/**
 * A kernel as generated code holds it: the program as the processor planned it, and the Java names
 * of its inputs. It is read when it is first used. Safe for use by many threads.
 */
public final class Kernel {
  /** Reads the program, for so many replicas and partitions. */
  private interface Source {
    Program read(int replicas, int partitions);
  }

  private final Class<?> stubs;
  private final String name;
  private final Source source;
  private final List<String> inputNames;
  private final int replicas;
  private final int partitions;
  private final @Nullable Resources executables;
  private final List<String> schedule;
  private final List<Integer> refs;
  private volatile @Nullable Program program;

  private Kernel(
      Class<?> stubs,
      String name,
      Source source,
      List<String> inputNames,
      int replicas,
      int partitions,
      @Nullable Resources executables,
      List<String> schedule,
      List<Integer> refs) {
    this.stubs = stubs;
    this.name = name;
    this.source = source;
    this.inputNames = inputNames;
    this.replicas = replicas;
    this.partitions = partitions;
    this.executables = executables;
    this.schedule = schedule;
    this.refs = refs;
  }

  /**
   * A kernel whose program is in the generated code.
   *
   * @param stubs the generated class
   * @param name the interface's name and the method's
   * @param text the program
   * @param inputNames the Java names of the program's inputs, in order
   */
  public static Kernel ofText(Class<?> stubs, String name, String text, String... inputNames) {
    Source source = (replicas, partitions) -> Program.of(text, replicas, partitions);
    return new Kernel(stubs, name, source, List.of(inputNames), 1, 1, null, List.of(), List.of());
  }

  /**
   * A kernel whose program is in a resource beside the generated class.
   *
   * @param resource opens the resource; generated code does that itself, since a module's resources
   *     are open to the module alone
   */
  public static Kernel ofResource(
      Class<?> stubs, String name, Resource resource, String... inputNames) {
    Source source =
        (replicas, partitions) ->
            Program.of(ProgramText.decode(content(name, resource)), replicas, partitions);
    return new Kernel(stubs, name, source, List.of(inputNames), 1, 1, null, List.of(), List.of());
  }

  /**
   * A kernel whose program is bytecode in a resource beside the generated class.
   *
   * @param signature what its {@code @main} takes and returns
   */
  public static Kernel ofBytecode(
      Class<?> stubs, String name, Resource resource, String signature, String... inputNames) {
    Source source =
        (replicas, partitions) ->
            Program.ofBytecode(content(name, resource), signature, replicas, partitions);
    return new Kernel(stubs, name, source, List.of(inputNames), 1, 1, null, List.of(), List.of());
  }

  /**
   * The same kernel, with executables that were compiled ahead of time: where one fits the plugin
   * and the machine, it is used.
   *
   * @param executables opens resources by names that {@link #executableName} makes
   */
  public Kernel compiledAhead(Resources executables) {
    return new Kernel(
        stubs, name, source, inputNames, replicas, partitions, executables, schedule, refs);
  }

  /**
   * The same kernel on several devices.
   *
   * @param replicas as how many replicas it runs, each with its own data
   * @param partitions over how many partitions each replica's data is spread
   */
  public Kernel onDevices(int replicas, int partitions) {
    return new Kernel(
        stubs, name, source, inputNames, replicas, partitions, executables, schedule, refs);
  }

  /**
   * The same kernel, which is a pipeline.
   *
   * @param lines what became of it, for its metadata
   */
  public Kernel scheduled(String... lines) {
    return new Kernel(
        stubs, name, source, inputNames, replicas, partitions, executables, List.of(lines), refs);
  }

  /**
   * The same kernel, some of whose parameters are {@code Ref}s: their outputs are none of its
   * results.
   *
   * @param inputs their places among the inputs
   */
  public Kernel withRefs(Integer... inputs) {
    List<Integer> places = List.of(inputs);
    return new Kernel(
        stubs, name, source, inputNames, replicas, partitions, executables, schedule, places);
  }

  /** Opens a program's resource. */
  public interface Resource {
    /** The resource's content, or null if it is not there. */
    @Nullable InputStream open();
  }

  /** Opens resources by their names. */
  public interface Resources {
    /** The content of a resource, or null if it is not there. */
    @Nullable InputStream open(String name);
  }

  /**
   * The name of an executable's resource, beside the generated class.
   *
   * @param stubs the simple name of the generated class
   * @param kernel the kernel's name; what is behind its last dot counts
   * @param key the executable's
   */
  public static String executableName(String stubs, String kernel, String key) {
    return "%s.%s.%s.pjrt"
        .formatted(stubs, kernel.substring(kernel.lastIndexOf('.') + 1), key.substring(0, 16));
  }

  private static byte[] content(String name, Resource resource) {
    try (InputStream in = resource.open()) {
      if (in == null) {
        throw new CompilationException(
            "The program of " + name + " is missing: its resource is not beside the class");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new CompilationException("The program of " + name + " cannot be read", e);
    }
  }

  private byte @Nullable [] executable(Resources from, String key) {
    try (InputStream in = from.open(executableName(stubs.getSimpleName(), name, key))) {
      return in == null ? null : in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The program under the kernel's name. */
  Program program() {
    Program known = program;
    if (known == null) {
      known = source.read(replicas, partitions).named(name, stubs);
      Resources from = executables;
      if (from != null) {
        known = known.compiledAhead(key -> executable(from, key));
      }
      program = known;
    }
    return known;
  }

  /** The inputs that it takes away, and does not give another value for. */
  int[] donatedForGood() {
    return IntStream.range(0, inputNames.size())
        .filter(i -> program().inputs().get(i).donated() && !refs.contains(i))
        .toArray();
  }

  /** The Java name of an input. */
  String inputName(int index) {
    return inputNames.get(index);
  }

  /** This kernel on a device; it is compiled by its first call. */
  public BoundKernel on(Device device) {
    return new BoundKernel(this, device);
  }

  /** This kernel on several devices; it is compiled by its first call. */
  public BoundShardedKernel on(DeviceGroup group) {
    return new BoundShardedKernel(this, group);
  }

  Promise<ShardedExecutable> compileAsync(DeviceGroup group) {
    return group.compileAsync(program());
  }

  Promise<Executable> compileAsync(Device device) {
    return device.compileAsync(program());
  }

  /** What is known of this kernel before it runs. */
  public KernelMetadata metadata() {
    return KernelMetadata.of(name, program(), inputNames).scheduled(schedule);
  }
}
