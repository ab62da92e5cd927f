package org.hlo4j.tests.compile;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.hlo4j.error.CompilationException;
import org.hlo4j.generated.Kernel;
import org.hlo4j.generated.KernelSet;
import org.hlo4j.processor.fixture.Source;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stub does not run another program than the one that it was generated from. */
final class StaleProgramTest {
  private static final String SUBTRACT =
      """
      func.func @main(%x: tensor<4xf32>, %y: tensor<4xf32>) -> tensor<4xf32> {
        %0 = stablehlo.subtract %x, %y : tensor<4xf32>
        return %0 : tensor<4xf32>
      }
      """;
  private static final String SWAPPED = SUBTRACT.replace("%x, %y :", "%y, %x :");
  private static final String IN_CLASSES = "target/classes/test/f.mlir";
  private static final String IN_RESOURCES = "src/main/resources/test/f.mlir";

  @TempDir Path folder;
  private FolderBuild build;

  @BeforeEach
  void makeBuild() {
    build = FolderBuild.withEclipse(folder);
  }

  private static String dense(String parameters, String more) {
    return """
    @Kernels public interface Dense {
      @Kernel(resource = "f.mlir")
      DeviceBuffer<Vec> f(%s);
      %s
    }
    """
        .formatted(parameters, more);
  }

  private void compile(String source) throws IOException {
    assertThat(build.errors(build.sources(Source.of("Dense", source)))).isEmpty();
  }

  private void compile() throws IOException {
    compile(dense("Tensor<Vec> x, Tensor<Vec> y", ""));
  }

  private List<?> metadata() throws IOException, ReflectiveOperationException {
    return metadata("test.DenseKernels");
  }

  /** What a class loader of its own makes of what is there now. */
  private List<?> metadata(String type) throws IOException, ReflectiveOperationException {
    try (URLClassLoader classes = build.classes()) {
      return (List<?>) classes.loadClass(type).getMethod("metadata").invoke(null);
    }
  }

  private String refusal() {
    return refusal("test.DenseKernels");
  }

  private String refusal(String type) {
    InvocationTargetException thrown =
        assertThrows(InvocationTargetException.class, () -> metadata(type));
    Throwable cause = Objects.requireNonNull(thrown.getCause());
    assertThat(cause).isInstanceOf(CompilationException.class);
    return String.valueOf(cause.getMessage());
  }

  private static String changed(String resource, String stubs, String kernel) {
    return "%s has changed since %s was generated, so %s would run another program"
            .formatted(resource, stubs, kernel)
        + " than the one that was checked. Rebuild the project: 'mvn clean compile' does, and"
        + " hlo4j-maven-plugin compiles again whenever a program has changed";
  }

  @Test
  void aProgramWithSwappedInputsIsRefused() throws Exception {
    build.file(IN_CLASSES, SUBTRACT);
    compile();
    assertThat(metadata()).hasSize(1);

    build.file(IN_CLASSES, SWAPPED);

    assertThat(refusal()).isEqualTo(changed("f.mlir", "test.DenseKernels", "test.Dense.f"));
  }

  @Test
  void aProgramThatIsRewrittenForADonationIsRefusedByItsOrigin() throws Exception {
    build.file(IN_CLASSES, SUBTRACT);
    compile(dense("@Donated Tensor<Vec> x, Tensor<Vec> y", ""));
    assertThat(metadata()).hasSize(1);

    build.file(IN_CLASSES, SWAPPED);
    assertThat(refusal()).isEqualTo(changed("f.mlir", "test.DenseKernels", "test.Dense.f"));

    Files.delete(build.output("test/f.mlir"));
    assertThat(metadata()).hasSize(1);

    Path copy = build.output("test/DenseKernels.f.mlir");
    Files.writeString(copy, Files.readString(copy).replace("%x, %y :", "%y, %x :"));
    assertThat(refusal())
        .isEqualTo(changed("DenseKernels.f.mlir", "test.DenseKernels", "test.Dense.f"));
  }

  @Test
  void aProgramThatTheGeneratedCodeHoldsIsRefusedByItsOrigin() throws Exception {
    build.file(IN_RESOURCES, SUBTRACT);
    compile();
    assertThat(metadata()).hasSize(1);

    build.file(IN_CLASSES, SUBTRACT);
    assertThat(metadata()).hasSize(1);

    build.file(IN_CLASSES, SWAPPED);
    assertThat(refusal()).isEqualTo(changed("f.mlir", "test.DenseKernels", "test.Dense.f"));
  }

  @Test
  void aPipelineIsRefusedByEachProgramThatIsLinkedIntoIt() throws Exception {
    String g = SUBTRACT.replace("subtract", "add");
    build.file(IN_CLASSES, SUBTRACT);
    build.file("target/classes/test/g.mlir", g);
    build.file("target/classes/test/h.mlir", SUBTRACT);
    compile(
        dense(
            "Tensor<Vec> x, Tensor<Vec> y",
            """
            @Kernel(resource = "g.mlir") DeviceBuffer<Vec> g(Tensor<Vec> x, Tensor<Vec> y);
            @Kernel(resource = "h.mlir") DeviceBuffer<Vec> h(Tensor<Vec> x, Tensor<Vec> y);
            @Pipeline("a = f(x, y)\\nb = g(a, y)\\nreturn b")
            DeviceBuffer<Vec> both(Tensor<Vec> x, Tensor<Vec> y);
            """));
    assertThat(metadata()).hasSize(4);

    build.file("target/classes/test/g.mlir", g.replace("add", "multiply"));
    assertThat(problemOf("BOTH"))
        .isEqualTo(changed("g.mlir", "test.DenseKernels", "test.Dense.both"));
    assertThat(problemOf("G")).isEqualTo(changed("g.mlir", "test.DenseKernels", "test.Dense.g"));
    assertThat(problemOf("F")).isEmpty();

    build.file("target/classes/test/g.mlir", g);
    build.file("target/classes/test/h.mlir", SWAPPED);
    assertThat(problemOf("BOTH")).isEmpty();
    assertThat(problemOf("H")).isNotEmpty();
  }

  @Test
  void aPipelineRunsWithoutTheProgramsThatWereLinkedIntoIt() throws Exception {
    build.file(IN_CLASSES, SUBTRACT);
    compile(
        dense(
            "Tensor<Vec> x, Tensor<Vec> y",
            """
            @Pipeline("a = f(x, y)\\nreturn a")
            DeviceBuffer<Vec> once(Tensor<Vec> x, Tensor<Vec> y);
            """));

    Files.delete(build.output("test/f.mlir"));

    assertThat(problemOf("ONCE")).isEmpty();
    assertThat(problemOf("F"))
        .isEqualTo("The program of test.Dense.f is missing: its resource is not beside the class");
  }

  /** Why a kernel's program cannot be loaded; empty if it can. */
  private String problemOf(String constant) throws IOException, ReflectiveOperationException {
    try (URLClassLoader classes = build.classes()) {
      var field = classes.loadClass("test.DenseKernels").getDeclaredField(constant);
      field.setAccessible(true);
      KernelSet alone = KernelSet.of((Kernel) field.get(null));
      assertThat(alone.metadata()).hasSize(1);
      return "";
    } catch (CompilationException e) {
      return String.valueOf(e.getMessage());
    }
  }

  @Test
  void anInheritedKernelIsRefusedByAProgramOfAnotherPackage() throws Exception {
    build.file("target/classes/org/hlo4j/tests/compile/base/f.mlir", SUBTRACT);
    Path base =
        build.file(
            "src/main/java/org/hlo4j/tests/compile/base/Base.java",
            """
            package org.hlo4j.tests.compile.base;
            import org.hlo4j.*;
            import org.hlo4j.annotation.*;
            @Kernels public interface Base {
              @Kernel(resource = "f.mlir")
              DeviceBuffer<test.Vec> f(Tensor<test.Vec> x, Tensor<test.Vec> y);
            }
            """);
    List<Path> sources =
        new ArrayList<>(
            build.sources(
                Source.of(
                    "More",
                    "@Kernels public interface More"
                        + " extends org.hlo4j.tests.compile.base.Base {}")));
    sources.add(base);
    assertThat(build.errors(sources)).isEmpty();
    assertThat(metadata("test.MoreKernels")).hasSize(1);

    build.file("target/classes/org/hlo4j/tests/compile/base/f.mlir", SWAPPED);

    assertThat(refusal("test.MoreKernels"))
        .isEqualTo(
            changed("/org/hlo4j/tests/compile/base/f.mlir", "test.MoreKernels", "test.More.f"));
  }

  @Test
  void theEndsOfLinesAndAByteOrderMarkMayChange() throws Exception {
    build.file(IN_CLASSES, SUBTRACT);
    compile();
    build.file(IN_CLASSES, SUBTRACT.replace("\n", "\r\n"));
    assertThat(metadata()).hasSize(1);

    build.file(IN_RESOURCES, SUBTRACT);
    Files.delete(build.output("test/f.mlir"));
    compile();
    build.file(IN_CLASSES, "\uFEFF" + SUBTRACT.replace("\n", "\r\n"));
    assertThat(metadata()).hasSize(1);
  }

  @Test
  void aProgramInBytecodeIsRefusedIfAnyByteHasChanged() throws Exception {
    byte[] content;
    try (var in = StaleProgramTest.class.getResourceAsStream("axpy.mlirbc")) {
      content = in.readAllBytes();
    }
    Path file = build.output("test/axpy.mlirbc");
    Files.createDirectories(file.getParent());
    Files.write(file, content);
    compile(
        """
        @Kernels public interface Dense {
          @Kernel(
              resource = "axpy.mlirbc",
              signature = "(%x: tensor<4xf32>, %y: tensor<4xf32>) -> tensor<4xf32>")
          DeviceBuffer<Vec> axpy(Tensor<Vec> x, Tensor<Vec> y);
        }
        """);
    assertThat(metadata()).hasSize(1);

    int newline =
        IntStream.range(0, content.length).filter(i -> content[i] == 0).findFirst().getAsInt();
    byte[] other = Arrays.copyOf(content, content.length);
    other[newline] = '\r';
    Files.write(file, other);

    assertThat(refusal()).isEqualTo(changed("axpy.mlirbc", "test.DenseKernels", "test.Dense.axpy"));
  }

  @Test
  void theChecksumsAreThoseOfSha256sum() throws Exception {
    build.file(IN_CLASSES, "// \u00e9\r\n" + SUBTRACT);
    compile(
        dense(
            "Tensor<Vec> x, Tensor<Vec> y",
            "@Kernel(resource = \"f.mlir\") DeviceBuffer<Vec> g(Tensor<Vec> x, Tensor<Vec> y);"));

    byte[] sha256 =
        MessageDigest.getInstance("SHA-256")
            .digest(("// \u00e9\r\n" + SUBTRACT).getBytes(StandardCharsets.UTF_8));
    assertThat(Files.readString(build.output("test/DenseKernels.sha256")))
        .isEqualTo(HexFormat.of().formatHex(sha256) + "  test/f.mlir\n");
  }
}
