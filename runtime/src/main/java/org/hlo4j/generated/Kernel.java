package org.hlo4j.generated;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.hlo4j.Device;
import org.hlo4j.DeviceGroup;
import org.hlo4j.Executable;
import org.hlo4j.KernelMetadata;
import org.hlo4j.Program;
import org.hlo4j.Promise;
import org.hlo4j.error.CompilationException;
import org.hlo4j.internal.mlir.text.ProgramText;
import org.jspecify.annotations.Nullable;

/**
 * A kernel as generated code holds it: the program as the processor planned it, and the Java names
 * of its inputs. It is read when it is first used. Safe for use by many threads.
 */
public final class Kernel {
  /** Where the program comes from. */
  private interface Source {
    /** Reads the program, for so many replicas and partitions, and checks what it reads. */
    Program read(Consumer<byte[]> check, int replicas, int partitions);
  }

  private final Class<?> stubs;
  private final String name;
  private final Source source;
  private final List<String> inputNames;
  private final Traits traits;
  private volatile @Nullable Program program;

  private Kernel(
      Class<?> stubs, String name, Source source, List<String> inputNames, Traits traits) {
    this.stubs = stubs;
    this.name = name;
    this.source = source;
    this.inputNames = inputNames;
    this.traits = traits;
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
    return of(
        stubs,
        name,
        (check, replicas, partitions) -> Program.of(text, replicas, partitions),
        inputNames);
  }

  /**
   * A kernel whose program is in a resource beside the generated class.
   *
   * @param resource opens the resource; generated code does that itself, since a module's resources
   *     are open to the module alone
   */
  public static Kernel ofResource(
      Class<?> stubs, String name, Resource resource, String... inputNames) {
    return of(
        stubs,
        name,
        (check, replicas, partitions) ->
            Program.of(ProgramText.decode(content(name, resource, check)), replicas, partitions),
        inputNames);
  }

  /**
   * A kernel whose program is bytecode in a resource beside the generated class.
   *
   * @param signature what its {@code @main} takes and returns
   */
  public static Kernel ofBytecode(
      Class<?> stubs, String name, Resource resource, String signature, String... inputNames) {
    return of(
        stubs,
        name,
        (check, replicas, partitions) ->
            Program.ofBytecode(content(name, resource, check), signature, replicas, partitions),
        inputNames);
  }

  private static Kernel of(Class<?> stubs, String name, Source source, String... inputNames) {
    return new Kernel(stubs, name, source, List.of(inputNames), Traits.NONE);
  }

  private Kernel with(Traits other) {
    return new Kernel(stubs, name, source, inputNames, other);
  }

  /**
   * The same kernel, which only runs the program that it was generated for.
   *
   * @param resource the name of the resource with that program, for messages
   * @param digest the program's, which is compared when the kernel is first used
   */
  public Kernel withDigest(String resource, String digest) {
    return with(traits.with(traits.origins().withLoaded(resource, digest)));
  }

  /**
   * The same kernel, whose program was made of another resource's, and which does not run if that
   * one has changed since. The resource may be missing.
   *
   * @param resource the resource's name
   * @param digest the digest of the program in it when this kernel was generated
   * @param resources opens the resource by its name
   */
  public Kernel generatedFrom(String resource, String digest, Resources resources) {
    return with(traits.with(traits.origins().with(resource, digest, resources)));
  }

  /**
   * The same kernel, with executables that were compiled ahead of time: where one fits the plugin
   * and the machine, it is used.
   *
   * @param executables opens resources by names that {@link #executableName} makes
   */
  public Kernel compiledAhead(Resources executables) {
    return with(traits.compiledAhead(executables));
  }

  /**
   * The same kernel on several devices.
   *
   * @param replicas as how many replicas it runs, each with its own data
   * @param partitions over how many partitions each replica's data is spread
   */
  public Kernel onDevices(int replicas, int partitions) {
    return with(traits.onDevices(replicas, partitions));
  }

  /**
   * The same kernel, which is a pipeline.
   *
   * @param lines what became of it, for its metadata
   */
  public Kernel scheduled(String... lines) {
    return with(traits.scheduled(List.of(lines)));
  }

  /**
   * The same kernel, some of whose parameters are {@code Ref}s: their outputs are none of its
   * results.
   *
   * @param inputs their places among the inputs
   */
  public Kernel withRefs(Integer... inputs) {
    return with(traits.withRefs(List.of(inputs)));
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

  private static byte[] content(String name, Resource resource, Consumer<byte[]> check) {
    try (InputStream in = resource.open()) {
      if (in == null) {
        throw new CompilationException(
            "The program of " + name + " is missing: its resource is not beside the class");
      }
      byte[] content = in.readAllBytes();
      check.accept(content);
      return content;
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
      Origins origins = traits.origins();
      origins.checkOthers(name, stubs);
      Program read =
          source.read(
              content -> origins.checkLoaded(name, stubs, content),
              traits.replicas(),
              traits.partitions());
      known = read.named(name, stubs, inputNames, origins.onlyName());
      Resources from = traits.executables();
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
        .filter(i -> program().inputs().get(i).donated() && !traits.refs().contains(i))
        .toArray();
  }

  String inputName(int index) {
    return inputNames.get(index);
  }

  /** This kernel on a device; it is compiled by its first call. */
  public BoundKernel on(Device device) {
    return on(DeviceGroup.of(device));
  }

  /** This kernel on several devices; it is compiled by its first call. */
  public BoundKernel on(DeviceGroup group) {
    return new BoundKernel(this, group);
  }

  Promise<Executable> compileAsync(DeviceGroup group) {
    return group.compileAsync(program());
  }

  /** What is known of this kernel before it runs. */
  public KernelMetadata metadata() {
    return KernelMetadata.of(name, program(), inputNames).scheduled(traits.schedule());
  }
}
