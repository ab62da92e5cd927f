package org.hlo4j.tests.compile;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hlo4j.processor.KernelProcessor;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Builds with a thousand kernels, and what these add to javac's own time, which is printed. */
@Tag("heavy")
class ManyKernelsTest {
  private static final int INTERFACES = 100;
  private static final String CLASS_PATH = System.getProperty("java.class.path");

  @TempDir Path folder;

  /** Runs javac in a process of its own, as builds do, and answers the milliseconds. */
  private long javac(List<Path> sources, Path output, List<String> options) throws Exception {
    Files.createDirectories(output);
    List<String> words = new ArrayList<>(options);
    words.addAll(List.of("--release", "25", "-d", output.toString(), "-s", output.toString()));
    sources.forEach(source -> words.add(source.toString()));
    Path arguments = Files.write(folder.resolve("arguments"), words);
    Path log = folder.resolve("log");
    Path javac = Path.of(System.getProperty("java.home"), "bin", "javac");
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(javac.toString(), "@" + arguments)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    int exit = process.waitFor();
    long time = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    assertWithMessage(Files.readString(log)).that(exit).isEqualTo(0);
    return time;
  }

  /** The class path without the processor, whose javac plugin would start by itself. */
  private static String libraries() {
    Path processor = Path.of(locationOf(KernelProcessor.class));
    return Stream.of(CLASS_PATH.split(File.pathSeparator, -1))
        .filter(entry -> !entry.isEmpty() && !Path.of(entry).toAbsolutePath().equals(processor))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static URI locationOf(Class<?> type) {
    try {
      return type.getProtectionDomain().getCodeSource().getLocation().toURI();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> alone() {
    return List.of("-proc:none", "-classpath", libraries());
  }

  private static List<String> withProcessor(String verify) {
    return List.of(
        "-classpath", libraries(), "-processorpath", CLASS_PATH, "-Ahlo4j.verify=" + verify);
  }

  /** What was generated: names and texts. */
  private static Map<String, String> generated(Path output) throws IOException {
    Map<String, String> texts = new TreeMap<>();
    try (Stream<Path> files = Files.walk(output)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = file.getFileName().toString();
        if (!name.endsWith(".class")) {
          texts.put(name, Files.readString(file));
        }
      }
    }
    return texts;
  }

  @Test
  void aThousandKernelsAreOneBuild() throws Exception {
    for (int interfaces : new int[] {INTERFACES / 4, INTERFACES / 2, INTERFACES}) {
      List<Path> sources = ManyKernels.write(folder.resolve("src" + interfaces), interfaces);
      Path output = folder.resolve("out" + interfaces);

      long alone = javac(sources, folder.resolve("alone" + interfaces), alone());
      long all = javac(sources, output, withProcessor("off"));

      System.out.printf(
          Locale.ROOT,
          "%d kernels: javac alone %d ms, with the processor %d ms, difference %d ms%n",
          interfaces * ManyKernels.PER_INTERFACE,
          alone,
          all,
          all - alone);
      // Of each interface the async one, the way to both, and the plan.
      assertThat(generated(output)).hasSize(3 * interfaces);
    }
  }

  @Test
  void whatXlaHasVerifiedOnceIsGeneratedAlike() throws Exception {
    List<Path> sources = ManyKernels.write(folder.resolve("src"), INTERFACES / 10);

    long unverified = javac(sources, folder.resolve("off"), withProcessor("off"));
    long first = javac(sources, folder.resolve("first"), withProcessor("required"));
    long again = javac(sources, folder.resolve("again"), withProcessor("required"));

    System.out.printf(
        Locale.ROOT,
        "%d kernels: unverified %d ms, verified %d ms, verified before %d ms%n",
        INTERFACES / 10 * ManyKernels.PER_INTERFACE,
        unverified,
        first,
        again);
    assertThat(generated(folder.resolve("first"))).isEqualTo(generated(folder.resolve("off")));
    assertThat(generated(folder.resolve("again"))).isEqualTo(generated(folder.resolve("off")));
  }
}
