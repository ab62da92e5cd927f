package org.hlo4j.tests.compile;

import static com.google.common.truth.Truth.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.hlo4j.Pjrt;
import org.hlo4j.annotation.Kernels;
import org.hlo4j.processor.KernelProcessor;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Users' builds with all warnings of javac as errors pass, for every kind of kernel interface. */
final class LintTest {
  private static final String MODULE = "module-info.java";
  private static final List<String> LIBRARIES =
      locations(Pjrt.class, Kernels.class, NullMarked.class);

  @TempDir Path folder;

  private static List<String> locations(Class<?>... types) {
    return Arrays.stream(types).map(LintTest::location).toList();
  }

  private static String location(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The parts of the class path that the processor needs, and no others. */
  private static List<String> processorPath() {
    List<String> path = new ArrayList<>(LIBRARIES);
    path.add(location(KernelProcessor.class));
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      if (entry.matches(".*/(javapoet|auto-common|guava|failureaccess)-[^/]*\\.jar")) {
        path.add(entry);
      }
    }
    return path;
  }

  private List<Path> sources(boolean isModular) throws IOException, URISyntaxException {
    Path sources = Path.of(LintTest.class.getResource("lint/" + MODULE).toURI()).getParent();
    try (Stream<Path> files = Files.walk(sources)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> isModular || !file.endsWith(MODULE))
          .toList();
    }
  }

  private String javac(boolean isModular, String... options) throws Exception {
    List<String> all =
        new ArrayList<>(
            List.of(
                "-Xlint:all",
                "-Werror",
                "-proc:full",
                "-Ahlo4j.verify=off",
                "-d",
                folder.toString()));
    all.addAll(List.of(options));
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    StringWriter printed = new StringWriter();
    try (StandardJavaFileManager manager = javac.getStandardFileManager(null, null, null)) {
      boolean unused =
          javac
              .getTask(
                  printed,
                  manager,
                  null,
                  all,
                  null,
                  manager.getJavaFileObjectsFromPaths(sources(isModular)))
              .call();
    }
    return printed.toString();
  }

  private static String joined(List<String> path) {
    return String.join(File.pathSeparator, path);
  }

  @Test
  void aNamedModuleCompilesWithoutWarnings() throws Exception {
    String printed =
        javac(
            true, "--module-path", joined(LIBRARIES), "--processor-path", joined(processorPath()));

    assertThat(printed).isEmpty();
    assertThat(Files.exists(folder.resolve("com/acme/ShardKernels.class"))).isTrue();
  }

  @Test
  void aClassPathCompilesWithoutWarnings() throws Exception {
    String printed =
        javac(false, "-classpath", joined(LIBRARIES), "--processor-path", joined(processorPath()));

    assertThat(printed).isEmpty();
    assertThat(Files.exists(folder.resolve("com/acme/DenseKernels.class"))).isTrue();
  }

  @Test
  void aProcessorOnTheClassPathCausesNoWarnings() throws Exception {
    assertThat(javac(false, "-classpath", joined(processorPath()))).isEmpty();
  }
}
