package org.hlo4j.tests.compile;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;
import org.hlo4j.KernelMetadata;
import org.hlo4j.processor.fixture.Source;
import org.hlo4j.tests.compile.WrongInputTable.Section;
import org.hlo4j.tests.compile.WrongInputTable.Way;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The processor under Eclipse's compiler, which Eclipse and VS Code run. */
class EcjTest {
  /**
   * It gives errors at a record or an annotation type no place, and those at an annotation's value
   * the line of its name.
   */
  private static final Set<String> ELSEWHERE =
      Set.of("interfaces", "markers of tensor types", "bodies with a signature");

  private static final String DENSE =
      """
      @Kernels public interface Dense {
        @Kernel(%s)
        DeviceBuffer<Vec> f(@Donated Tensor<Vec> x);
      }
      """;

  private static final String USER =
      """
      public class User {
        static DenseAsync async(Device device) { return DenseKernels.async(device); }
      }
      """;

  @TempDir Path folder;

  private FolderBuild build;

  @BeforeEach
  void startBuild() {
    build = FolderBuild.withEclipse(folder);
  }

  private List<KernelMetadata> metadata(String type) throws Exception {
    try (URLClassLoader classes = build.classes()) {
      Method method = classes.loadClass(type).getMethod("metadata");
      method.setAccessible(true);
      Object metadata = method.invoke(null);
      @SuppressWarnings("unchecked") // Generated code declares that type.
      List<KernelMetadata> kernels = (List<KernelMetadata>) metadata;
      return kernels;
    }
  }

  static Stream<String> goldens() throws IOException {
    return GoldenTest.cases();
  }

  @ParameterizedTest
  @MethodSource("goldens")
  void theGeneratedTextIsTheSame(String name) throws Exception {
    assertThat(build.errors(build.sources(GoldenTest.input(name)))).isEmpty();

    List<String> loaded = new ArrayList<>();
    try (Stream<Path> files = Files.list(GoldenTest.FOLDER.resolve(name))) {
      for (Path expected : files.toList()) {
        String file =
            expected.getFileName().toString().replaceFirst("[.](java|mlir)[.]txt$", ".$1");
        if (!file.startsWith("Input")) {
          assertWithMessage(file)
              .that(Files.readString(build.output("test/" + file)))
              .isEqualTo(Files.readString(expected));
        }
        if (file.endsWith("Kernels.java")) {
          metadata("test." + file.replace(".java", ""))
              .forEach(kernel -> loaded.add(kernel.name()));
        }
      }
    }
    assertThat(loaded).isNotEmpty();
  }

  static Stream<Section> wrongInputs() {
    return WrongInputTable.read().stream()
        .filter(section -> section.way() == Way.TOGETHER && !ELSEWHERE.contains(section.title()));
  }

  @ParameterizedTest
  @MethodSource("wrongInputs")
  void wrongInputsGetTheSameErrorsInTheSamePlaces(Section section) throws IOException {
    List<Path> sources =
        build.sources(section.rows().stream().map(WrongInput::file).toArray(JavaFileObject[]::new));

    List<Diagnostic<? extends JavaFileObject>> errors = build.errors(sources);

    for (WrongInput row : section.rows()) {
      assertWithMessage("%s, on line %s, in %s", row, row.line(), row.source())
          .that(errors.stream().filter(row::isIn).anyMatch(row::isExpected))
          .isTrue();
    }
  }

  @Test
  void aProgramIsFoundBesideTheSources() throws Exception {
    build.file(
        "src/main/resources/test/f.mlir",
        "func.func @main(%x: tensor<4xf32>) -> tensor<4xf32> { return %x : tensor<4xf32> }");

    assertThat(
            build.errors(
                build.sources(
                    Source.of("Dense", DENSE.formatted("resource = \"f.mlir\"")),
                    Source.of("User", USER))))
        .isEmpty();

    assertThat(metadata("test.DenseKernels").get(0).inputs().get(0).donated()).isTrue();
  }

  @Test
  void aBuildIsRepeatedOverItsOwnOutput() throws Exception {
    String dense = DENSE.formatted("$IDENTITY");
    JavaFileObject user = Source.of("User", USER);
    assertThat(build.errors(build.sources(Source.of("Dense", dense), user))).isEmpty();
    String before = Files.readString(build.output("test/DenseKernels.java"));

    assertThat(build.errors(build.sources(Source.of("Dense", dense), user))).isEmpty();
    assertThat(Files.readString(build.output("test/DenseKernels.java"))).isEqualTo(before);
    String renamed = dense.replace(" f(", " g(");
    assertThat(build.errors(build.sources(Source.of("Dense", renamed), user))).isEmpty();

    assertThat(metadata("test.DenseKernels").get(0).name()).isEqualTo("test.Dense.g");
  }

  @Test
  void aUserOfStubsIsCompiledAgainstTheirClasses() throws Exception {
    String dense = DENSE.formatted("$IDENTITY");
    assertThat(build.errors(build.sources(Source.of("Dense", dense)))).isEmpty();
    FolderBuild user = build.dependent(folder.resolve("user"));

    assertThat(user.errors(List.of(user.source(Source.of("User", USER))))).isEmpty();
  }
}
