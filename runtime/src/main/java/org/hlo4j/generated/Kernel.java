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
 * A kernel of generated code: the program as planned by the processor, and the Java names of its
 * inputs. The program is read on first use. Safe for use by multiple threads.
 */
public final class Kernel {
  /** The source of the program. */
  private interface Source {
    /** Reads the program for the given replicas and partitions, and passes the bytes to a check. */
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
   * Returns a kernel whose program is inline in the generated code.
   *
   * @param stubs the generated class
   * @param name the names of the interface and the method
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
   * Returns a kernel whose program is a resource beside the generated class.
   *
   * @param resource opens the resource from generated code, since a module's resources are only
   *     accessible to the module
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
   * Returns a kernel whose program is bytecode in a resource beside the generated class.
   *
   * @param signature the signature of its {@code @main}
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
   * Returns this kernel, restricted to the program that it was generated for.
   *
   * @param resource the name of the program's resource, for messages
   * @param digest the program's digest, which is verified on first use
   */
  public Kernel withDigest(String resource, String digest) {
    return with(traits.with(traits.origins().withLoaded(resource, digest)));
  }

  /**
   * Returns this kernel with another resource that its program was generated from. The kernel is
   * rejected if that resource has changed; the resource may be missing.
   *
   * @param resource the resource's name
   * @param digest the digest of the resource's program when this kernel was generated
   * @param resources opens the resource by its name
   */
  public Kernel generatedFrom(String resource, String digest, Resources resources) {
    return with(traits.with(traits.origins().with(resource, digest, resources)));
  }

  /**
   * Returns this kernel with executables that were compiled ahead of time, used where they fit the
   * plugin and the machine.
   *
   * @param executables opens resources by names from {@link #executableName}
   */
  public Kernel compiledAhead(Resources executables) {
    return with(traits.compiledAhead(executables));
  }

  /**
   * Returns this kernel for several devices.
   *
   * @param replicas the number of replicas, each with its own data
   * @param partitions the number of partitions over which each replica's data is sharded
   */
  public Kernel onDevices(int replicas, int partitions) {
    return with(traits.onDevices(replicas, partitions));
  }

  /**
   * Returns this kernel as a pipeline.
   *
   * @param lines the schedule for its metadata
   */
  public Kernel scheduled(String... lines) {
    return with(traits.scheduled(List.of(lines)));
  }

  /**
   * Returns this kernel with {@code Ref} parameters, whose outputs are not among its results.
   *
   * @param inputs their indices among the inputs
   */
  public Kernel withRefs(Integer... inputs) {
    return with(traits.withRefs(List.of(inputs)));
  }

  /** Opens a program's resource. */
  public interface Resource {
    /** Returns the resource's content, or null if it is missing. */
    @Nullable InputStream open();
  }

  /** Opens resources by their names. */
  public interface Resources {
    /** Returns the content of a resource, or null if it is missing. */
    @Nullable InputStream open(String name);
  }

  /**
   * Returns the name of an executable's resource, beside the generated class.
   *
   * @param stubs the simple name of the generated class
   * @param kernel the kernel's name; only the part after its last dot is used
   * @param key the executable's key
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

  /** Returns the program under the kernel's name. */
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

  /** Returns the inputs that are donated without being replaced by an output. */
  int[] donatedForGood() {
    return IntStream.range(0, inputNames.size())
        .filter(i -> program().inputs().get(i).donated() && !traits.refs().contains(i))
        .toArray();
  }

  String inputName(int index) {
    return inputNames.get(index);
  }

  /** Returns this kernel bound to a device; the first call compiles it. */
  public BoundKernel on(Device device) {
    return on(DeviceGroup.of(device));
  }

  /** Returns this kernel bound to several devices; the first call compiles it. */
  public BoundKernel on(DeviceGroup group) {
    return new BoundKernel(this, group);
  }

  Promise<Executable> compileAsync(DeviceGroup group) {
    return group.compileAsync(program());
  }

  /** Returns the static properties of this kernel. */
  public KernelMetadata metadata() {
    return KernelMetadata.of(name, program(), inputNames).scheduled(traits.schedule());
  }
}
