package org.hlo4j.tests.compile;

import static com.google.common.truth.Truth.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.hlo4j.processor.KernelProcessor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where programs are found, in projects laid out as builds and IDEs lay them out. */
class ResourceTest {
  private static final String INTERFACE =
      """
      package com.acme;
      import org.hlo4j.*;
      import org.hlo4j.annotation.*;
      import org.hlo4j.type.*;
      @Kernels public interface Dense {
        @TensorType("tensor<4xf32>") interface Vec extends F32 {}
        @Kernel(resource = "%s") DeviceBuffer<Vec> f(Tensor<Vec> x);
      }
      """;

  private static final String PROGRAM =
      "func.func @main(%x: tensor<4xf32>) -> tensor<4xf32> { return %x : tensor<4xf32> }";

  @TempDir Path project;

  private Path file(String name, String content) {
    try {
      Path file = project.resolve(name);
      Files.createDirectories(file.getParent());
      return Files.writeString(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Compiles a source into a folder, and answers the errors. */
  private List<String> errors(Path source, Path output, String... options) throws IOException {
    Files.createDirectories(output);
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
    try (StandardJavaFileManager files =
        javac.getStandardFileManager(diagnostics, Locale.ROOT, null)) {
      List<String> all = new ArrayList<>(List.of(options));
      all.addAll(List.of("-d", output.toString(), "-s", output.toString()));
      all.add("-Ahlo4j.verify=off");
      JavaCompiler.CompilationTask task =
          javac.getTask(null, files, diagnostics, all, null, files.getJavaFileObjects(source));
      task.setProcessors(List.of(new KernelProcessor()));
      boolean succeeded = task.call();
      List<String> errors =
          diagnostics.getDiagnostics().stream()
              .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
              .map(diagnostic -> diagnostic.getMessage(Locale.ROOT))
              .collect(Collectors.toList());
      assertThat(succeeded).isEqualTo(errors.isEmpty());
      return errors;
    }
  }

  @Test
  void mavenHasCopiedItToTheClassOutput() throws IOException {
    Path source = file("src/main/java/com/acme/Dense.java", INTERFACE.formatted("f.mlir"));
    file("target/classes/com/acme/f.mlir", PROGRAM);

    assertThat(errors(source, project.resolve("target/classes"))).isEmpty();
  }

  @Test
  void gradleAndIdesCompileBeforeTheyCopyIt() throws IOException {
    Path source = file("src/main/java/com/acme/Dense.java", INTERFACE.formatted("f.mlir"));
    file("src/main/resources/com/acme/f.mlir", PROGRAM);

    // Gradle gives javac an empty source path.
    assertThat(errors(source, project.resolve("build/classes/java/main"), "-sourcepath", ""))
        .isEmpty();
    assertThat(errors(source, project.resolve("bin"))).isEmpty();
  }

  @Test
  void itMayLieBesideTheSource() throws IOException {
    Path source = file("src/com/acme/Dense.java", INTERFACE.formatted("f.mlir"));
    file("src/com/acme/f.mlir", PROGRAM);

    assertThat(errors(source, project.resolve("out"))).isEmpty();
  }

  @Test
  void aLeadingSlashStartsAtTheRoot() throws IOException {
    Path source = file("src/main/java/com/acme/Dense.java", INTERFACE.formatted("/models/f.mlir"));
    file("src/main/resources/models/f.mlir", PROGRAM);

    assertThat(errors(source, project.resolve("out"))).isEmpty();
  }

  @Test
  void theSourcePathAndTheClassPathAreLookedAt() throws IOException {
    Path source = file("Dense.java", INTERFACE.formatted("f.mlir"));
    file("one/com/acme/f.mlir", PROGRAM);
    Path root = project.resolve("one");
    String classPath = root + File.pathSeparator + System.getProperty("java.class.path");

    assertThat(errors(source, project.resolve("out"), "-sourcepath", root.toString())).isEmpty();
    assertThat(errors(source, project.resolve("out"), "-classpath", classPath)).isEmpty();
  }

  @Test
  void aMissingOneIsAnErrorThatListsWhereItLookedAndWhatIsThere() throws IOException {
    Path source = file("src/main/java/com/acme/Dense.java", INTERFACE.formatted("trian.mlir"));
    file("src/main/resources/com/acme/train.mlir", PROGRAM);

    List<String> errors = errors(source, project.resolve("out"));

    assertThat(errors).hasSize(1);
    assertThat(errors.get(0))
        .startsWith(
            "[HLO012] The program trian.mlir was not found; did you mean train.mlir? Looked in:");
    assertThat(errors.get(0)).contains("CLASS_OUTPUT: ");
    assertThat(errors.get(0)).contains("CLASS_PATH: ");
    assertThat(errors.get(0)).contains(project.resolve("src/main/java/com/acme") + ": no trian");
    assertThat(errors.get(0))
        .contains(project.resolve("src/main/resources/com/acme") + ": no trian.mlir");
  }

  @Test
  void aPathThatLeavesTheProjectIsNotFollowed() throws IOException {
    Path source =
        file("src/main/java/com/acme/Dense.java", INTERFACE.formatted("../../../../../f.mlir"));
    file("f.mlir", PROGRAM);

    assertThat(errors(source, project.resolve("out"))).hasSize(1);
  }

  @Test
  void itIsReadInTheEncodingsThatWindowsWrites() throws IOException {
    Path source = file("Dense.java", INTERFACE.formatted("f.mlir"));
    Path program = file("out/com/acme/f.mlir", "");
    for (Charset charset :
        List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
      Files.write(program, ("\uFEFF" + PROGRAM).getBytes(charset));

      assertThat(errors(source, project.resolve("out"))).isEmpty();
    }
  }

  @Test
  void whatIsNoTextIsAnError() throws IOException {
    Path source = file("Dense.java", INTERFACE.formatted("f.mlir"));
    Path program = file("out/com/acme/f.mlir", "");
    Files.write(program, new byte[] {(byte) 0xC3, 0x28});

    assertThat(errors(source, project.resolve("out")))
        .containsExactly(
            "[HLO015] The program of f, this is neither text nor MLIR bytecode: byte 0, in line"
                + " 1, is not UTF-8");
  }
}
