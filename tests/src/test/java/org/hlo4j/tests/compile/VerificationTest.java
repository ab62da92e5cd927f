package org.hlo4j.tests.compile;

import static com.google.common.truth.Truth.assertThat;
import static com.google.testing.compile.CompilationSubject.assertThat;

import com.google.testing.compile.Compilation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.tools.JavaFileObject;
import org.hlo4j.processor.KernelProcessor;
import org.hlo4j.processor.fixture.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs that XLA itself compiles while javac runs. */
class VerificationTest {
  private static final String WELL =
      """
      @Kernels public interface Well {
        @Kernel($IDENTITY)
        DeviceBuffer<Vec> same(Tensor<Vec> x);
      }
      """;

  @TempDir Path folder;

  private static Compilation compile(JavaFileObject source, String... options) {
    List<String> all = new ArrayList<>(List.of(options));
    all.add("-Ahlo4j.verify=required");
    return Source.compile(Source.strict(all.toArray(String[]::new)), source);
  }

  /** A kernel with a program that nobody has compiled before. */
  private static JavaFileObject chain(String name, int length) {
    String operations =
        IntStream.range(0, length)
            .mapToObj(
                i ->
                    String.format(
                        Locale.ROOT,
                        "%%%d = stablehlo.%s %%%d, %%%d : tensor<4xf32>\\n",
                        i + 1,
                        i % 3 == 0 ? "multiply" : "power",
                        i,
                        Math.max(0, i - 7)))
            .collect(Collectors.joining("\"\n + \"", "\"", "\""));
    return Source.of(
        name,
        String.format(
            Locale.ROOT,
            """
        @Kernels public interface %s {
          @Kernel("// %d\\n"
              + "func.func @main(%%0: tensor<4xf32>) -> tensor<4xf32> {\\n" + %s
              + "return %%%d : tensor<4xf32> }")
          DeviceBuffer<Vec> chain(Tensor<Vec> x);
        }
        """,
            name,
            System.nanoTime(),
            operations,
            length));
  }

  @Test
  void whatXlaAcceptsCompiles() {
    assertThat(compile(Source.of("Well", WELL))).succeededWithoutWarnings();
  }

  @Test
  void whatXlaRefusesIsShownAtTheKernelWithTheLineOfItsProgram() {
    JavaFileObject source =
        Source.of(
            "Dense",
            """
            @Kernels public interface Dense {
              @Kernel(value =
                  "func.func @main(%x: tensor<4xf32>) -> tensor<4xf32> {\\n"
                      + "  %0 = stablehlo.slice %x [0:3] : (tensor<4xf32>) -> tensor<4xf32>\\n"
                      + "  return %0 : tensor<4xf32>\\n}")
              DeviceBuffer<Vec> cut(Tensor<Vec> x);
            }
            """);

    assertThat(compile(source))
        .hadErrorContaining(
            """
            [HLO080] The program of cut: XLA rejects it, line 2, column 8: 'stablehlo.slice' op\
             inferred type(s) 'tensor<3xf32>' are incompatible with return type(s) of operation\
             'tensor<4xf32>'
                %0 = stablehlo.slice %x [0:3] : (tensor<4xf32>) -> tensor<4xf32>
                     ^\
            """)
        .inFile(source)
        .onLineContaining("func.func @main");
  }

  @Test
  void theLineOfABodyIsTheUsers() {
    JavaFileObject source =
        Source.of(
            "Dense",
            """
            @Kernels public interface Dense {
              @Kernel(signature = "(%x: tensor<4xf32>)\\n    -> tensor<4xf32>", value =
                  "// first\\n%0 = stablehlo.no_such_thing %x : tensor<4xf32>\\nreturn %0 :"
                      + " tensor<4xf32>")
              DeviceBuffer<Vec> f(Tensor<Vec> x);
            }
            """);

    assertThat(compile(source))
        .hadErrorContaining(
            """
            [HLO080] The program of f: XLA rejects it, line 2, column 6: custom op\
             'stablehlo.no_such_thing' is unknown
              %0 = stablehlo.no_such_thing %x : tensor<4xf32>
                   ^\
            """);
  }

  @Test
  void whatIsCutOutOfTheProgramIsVerifiedAsWell() {
    JavaFileObject source =
        Source.of(
            "Dense",
            """
            @Kernels public interface Dense {
              @Kernel(
                  "func.func @main(%x: tensor<4xf32>) -> tensor<4xf32> { return %x : tensor<5xf32>"
                      + " }")
              DeviceBuffer<Vec> f(Tensor<Vec> x);
            }
            """);

    assertThat(compile(source)).hadErrorContaining("[HLO080] The program of f: XLA rejects it, ");
  }

  @Test
  void eachKernelOfABuildGetsItsOwnVerdict() {
    StringBuilder kernels = new StringBuilder();
    for (int i = 0; i < 6; i++) {
      String operation = i % 2 == 0 ? "negate %x" : "no_such_op_" + i + " %x";
      kernels.append(
          String.format(
              Locale.ROOT,
              """
          @Kernel("func.func @main(%%x: tensor<4xf32>) -> tensor<4xf32> {\\n"
              + "%%0 = stablehlo.%s : tensor<4xf32>\\n return %%0 : tensor<4xf32>}")
          DeviceBuffer<Vec> f%d(Tensor<Vec> x);
          """,
              operation,
              i));
    }
    Compilation compilation =
        compile(Source.of("Dense", "@Kernels public interface Dense {\n" + kernels + "}"));

    assertThat(compilation).hadErrorCount(3);
    assertThat(compilation).hadErrorContaining("The program of f1: XLA rejects it");
    assertThat(compilation).hadErrorContaining("'stablehlo.no_such_op_5' is unknown");
  }

  @Test
  void theExecutableGoesIntoTheJar() throws Exception {
    Compilation compilation = compile(chain("Ahead", 3), "-Ahlo4j.aot=true");

    assertThat(compilation).succeededWithoutWarnings();
    List<String> executables =
        compilation.generatedFiles().stream()
            .map(file -> file.getName().replaceFirst(".*/", ""))
            .filter(name -> name.endsWith(".pjrt"))
            .toList();
    assertThat(executables).hasSize(1);
    assertThat(executables.get(0)).matches("AheadKernels\\.chain\\.[0-9a-f]{16}\\.pjrt");
    assertThat(compilation)
        .generatedSourceFile("test.AheadKernels")
        .contentsAsUtf8String()
        .contains(".compiledAhead(name -> AheadKernels.class.getResourceAsStream(name))");
  }

  @Test
  void theExecutableForSeveralDevicesGoesIntoTheJar() {
    Compilation compilation =
        compile(
            Source.of(
                "Twice",
                """
                @Kernels public interface Twice {
                  @Kernel(replicas = 2, value = "func.func @main(%x: tensor<4xf32>) -> tensor<4xf32> "
                      + "{ %0 = stablehlo.negate %x : tensor<4xf32> return %0 : tensor<4xf32> }")
                  ShardedBuffer<Vec> negate(Sharded<Vec> x);
                }
                """),
            "-Ahlo4j.aot=true");

    assertThat(compilation).succeededWithoutWarnings();
    assertThat(
            compilation.generatedFiles().stream()
                .filter(file -> file.getName().matches(".*TwiceKernels\\.negate\\..*[.]pjrt"))
                .toList())
        .hasSize(1);
  }

  @Test
  void bytecodeIsVerifiedWithItsSignature() {
    String kernel =
        """
        @Kernels public interface Axpy {
          @TensorType("tensor<f32>") interface Factor extends F32 {}
          record Out(DeviceBuffer<Vec> sum, DeviceBuffer<Vec> product) {}
          @Kernel(
              resource = "/org/hlo4j/tests/compile/axpy.mlirbc",
              signature = "(%%a: tensor<f32>, %%x: %s, %%y: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>)")
          Out axpy(Tensor<Factor> a, Tensor<%s> x, @Donated Tensor<Vec> y);
        }
        """;

    assertThat(compile(Source.of("Axpy", kernel.formatted("tensor<4xf32>", "Vec"))))
        .succeededWithoutWarnings();
    assertThat(compile(Source.of("Axpy", kernel.formatted("tensor<4xi32>", "Ints"))))
        .hadErrorContaining(
            "[HLO015] The program of axpy, the program declares the inputs"
                + " [tensor<f32>, tensor<4xi32>, tensor<4xf32>], but XLA compiled it to"
                + " [tensor<f32>, tensor<4xf32>, tensor<4xf32>]");
  }

  /** javac as a process of its own, for a user who has no plugin. */
  private String javacWithoutPlugin(int status, String... options)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "javac").toString());
    String classPath = System.getProperty("java.class.path");
    command.addAll(List.of("-d", folder.toString(), "-cp", classPath));
    command.addAll(List.of("-processor", KernelProcessor.class.getName()));
    command.addAll(List.of(options));
    for (JavaFileObject source :
        Source.withTensorTypes(
            List.of(Source.of("Well", WELL), Source.of("More", WELL.replace("Well", "More"))))) {
      Path file = folder.resolve(source.getName().replaceFirst(".*/", ""));
      Files.writeString(file, Source.textOf(source));
      command.add(file.toString());
    }
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    environment.put("XDG_CACHE_HOME", folder.resolve("empty").toString());
    environment.keySet().removeIf(name -> name.startsWith("PJRT_"));
    environment.remove("JAVA_TOOL_OPTIONS"); // javac would print that it has found it
    environment.remove("VIRTUAL_ENV");
    environment.remove("CONDA_PREFIX");
    Process javac = builder.start();
    String output = new String(javac.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(javac.waitFor()).isEqualTo(status);
    return output;
  }

  @Test
  void withoutAPluginABuildIsToldOnceAndSucceeds() throws Exception {
    String output = javacWithoutPlugin(0);

    assertThat(output)
        .contains("Note: [HLO084] XLA verified no program (-Ahlo4j.verify=off suppresses");
    assertThat(output.split("HLO084", -1)).hasLength(2);
  }

  @Test
  void withoutAPluginABuildThatRequiresOneFails() throws Exception {
    String output = javacWithoutPlugin(1, "-Ahlo4j.verify=required");

    assertThat(output)
        .contains("error: [HLO083] XLA verified no program, but the build requires it: ");
    assertThat(output.split("HLO083", -1)).hasLength(2);
  }

  @Test
  void aBuildThatWantsNoVerificationIsToldNothing() throws Exception {
    assertThat(javacWithoutPlugin(0, "-Ahlo4j.verify=off")).isEmpty();
  }
}
