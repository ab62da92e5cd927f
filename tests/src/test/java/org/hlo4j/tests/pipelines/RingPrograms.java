package org.hlo4j.tests.pipelines;

import static com.google.testing.compile.CompilationSubject.assertThat;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.Compiler;
import com.google.testing.compile.JavaFileObjects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hlo4j.KernelMetadata;
import org.hlo4j.Program;
import org.hlo4j.processor.KernelProcessor;
import org.hlo4j.processor.fixture.GeneratedClasses;

/** The pipelines of the example, compiled for any number of devices and any size of a shard. */
final class RingPrograms {
  private static final Path EXAMPLE =
      Path.of("..", "examples", "src", "main", "java", "org", "hlo4j", "examples", "ring");

  /** Another than the example's, whose classes are there as well. */
  private static final String PACKAGE = "rings";

  private static final String STUBS = PACKAGE + ".RingsKernels";

  private final int devices;
  private final GeneratedClasses classes;

  private RingPrograms(int devices, GeneratedClasses classes) {
    this.devices = devices;
    this.classes = classes;
  }

  /**
   * Compiles them.
   *
   * @param option of the processor
   */
  static RingPrograms of(int devices, long size, String option) throws IOException {
    String rings = read("Rings", devices, size);
    Compilation compilation =
        Compiler.javac()
            .withProcessors(new KernelProcessor())
            .withOptions("-proc:full", option)
            .compile(
                List.of(
                    JavaFileObjects.forSourceString(PACKAGE + ".Rings", rings),
                    JavaFileObjects.forSourceString(
                        PACKAGE + ".Shard", read("Shard", devices, size))));
    assertThat(compilation).succeeded();
    return new RingPrograms(devices, new GeneratedClasses(compilation));
  }

  private static String read(String type, int devices, long size) throws IOException {
    String pairs =
        IntStream.range(0, devices)
            .mapToObj(i -> String.format(Locale.ROOT, "[%d, %d]", i, (i + 1) % devices))
            .collect(Collectors.joining(", ", "[", "]"));
    return Files.readString(EXAMPLE.resolve(type + ".java"))
        .replace("package org.hlo4j.examples.ring;", "package %s;".formatted(PACKAGE))
        .replace("[[0, 1], [1, 2], [2, 3], [3, 0]]", pairs)
        .replace("tensor<4x2xi64>", String.format(Locale.ROOT, "tensor<%dx2xi64>", devices))
        .replace("tensor<4xf32>", String.format(Locale.ROOT, "tensor<%dxf32>", size))
        .replace("replicas = 4", "replicas = " + devices);
  }

  /** The program of a pipeline, by the constant that holds it. */
  Program program(String constant) throws ReflectiveOperationException {
    return Program.of(classes.programOf(STUBS, constant), devices, 1);
  }

  /** Which form of a pipeline was taken, by its name. */
  String form(String name) throws ReflectiveOperationException {
    for (KernelMetadata kernel : classes.metadata(STUBS)) {
      if (kernel.name().endsWith("." + name)) {
        String line = kernel.schedule().get(0);
        return line.substring(0, line.indexOf(':'));
      }
    }
    throw new AssertionError("There is no pipeline " + name);
  }
}
