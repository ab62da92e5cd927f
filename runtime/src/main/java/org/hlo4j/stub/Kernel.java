package org.hlo4j.stub;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.hlo4j.Device;
import org.hlo4j.Executable;
import org.hlo4j.KernelMetadata;
import org.hlo4j.Program;
import org.hlo4j.ProgramInput;
import org.hlo4j.Promise;
import org.hlo4j.error.CompilationException;
import org.jspecify.annotations.Nullable;

/**
 * A kernel as generated code holds it: the program as the processor planned it, and the Java names
 * of its inputs. It is read when it is first used. Safe for use by many threads.
 */
public final class Kernel {
  /** Where the text comes from. */
  private interface Source {
    String text();
  }

  private final Class<?> stubs;
  private final String name;
  private final Source source;
  private final List<String> inputNames;
  private volatile @Nullable Program program;

  private Kernel(Class<?> stubs, String name, Source source, List<String> inputNames) {
    this.stubs = stubs;
    this.name = name;
    this.source = source;
    this.inputNames = inputNames;
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
    return new Kernel(stubs, name, () -> text, List.of(inputNames));
  }

  /**
   * A kernel whose program is in a resource beside the generated class.
   *
   * @param resource opens the resource; generated code does that itself, since a module's resources
   *     are open to the module alone
   */
  public static Kernel ofResource(
      Class<?> stubs, String name, Resource resource, String... inputNames) {
    return new Kernel(stubs, name, () -> read(name, resource), List.of(inputNames));
  }

  /** Opens a program's resource. */
  public interface Resource {
    /** The resource's content, or null if it is not there. */
    @Nullable InputStream open();
  }

  private static String read(String name, Resource resource) {
    try (InputStream in = resource.open()) {
      if (in == null) {
        throw new CompilationException(
            "The program of " + name + " is missing: its resource is not beside the class");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new CompilationException("The program of " + name + " cannot be read", e);
    }
  }

  /** The program under the kernel's name. */
  Program program() {
    Program known = program;
    if (known == null) {
      known = Program.of(source.text()).named(name, stubs);
      program = known;
    }
    return known;
  }

  /** This kernel on a device; it is compiled by its first call. */
  public BoundKernel on(Device device) {
    return new BoundKernel(this, device);
  }

  Promise<Executable> compileAsync(Device device) {
    return device.compileAsync(program());
  }

  /** What is known of this kernel before it runs. */
  public KernelMetadata metadata() {
    List<ProgramInput> inputs = new ArrayList<>();
    for (ProgramInput input : program().inputs()) {
      inputs.add(input.named(inputNames.get(inputs.size())));
    }
    return new KernelMetadata(name, inputs, program().outputs());
  }
}
