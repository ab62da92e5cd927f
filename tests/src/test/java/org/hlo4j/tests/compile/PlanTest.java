package org.hlo4j.tests.compile;

import static com.google.common.truth.Truth.assertThat;
import static com.google.testing.compile.CompilationSubject.assertThat;

import com.google.testing.compile.Compilation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.tools.JavaFileObject;
import javax.tools.StandardLocation;
import org.hlo4j.processor.fixture.GeneratedClasses;
import org.hlo4j.processor.fixture.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The plan of an interface as a text, and the build that compares it with a committed copy. */
class PlanTest {
  private static final JavaFileObject DENSE =
      Source.of(
          "Dense",
          """
          @Kernels public interface Dense {
            record Out(DeviceBuffer<Vec> sum, DeviceBuffer<Vec> again, DeviceBuffer<Vec> same) {}

            @Kernel(\"\"\"
                func.func @main(%x: tensor<4xf32>, %y: tensor<4xf32>, %z: tensor<4xi32>)
                    -> (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) {
                  %0 = stablehlo.add %x, %y : tensor<4xf32>
                  %1 = "stablehlo.all_reduce"(%0) <{
                      replica_groups = dense<0> : tensor<1x1xi64>}> ({
                    ^bb0(%a: tensor<f32>, %b: tensor<f32>):
                      %s = stablehlo.add %a, %b : tensor<f32>
                      stablehlo.return %s : tensor<f32>
                  }) : (tensor<4xf32>) -> tensor<4xf32>
                  return %1, %1, %y : tensor<4xf32>, tensor<4xf32>, tensor<4xf32>
                }
                \"\"\")
            Out sum(@Donated Tensor<Vec> first, Tensor<Vec> second, Tensor<Ints> unread);

            @Kernel($IDENTITY)
            DeviceBuffer<Vec> same(Tensor<Vec> x);
          }
          """);

  private static final String PLAN =
      """
      # The buffers of test.Dense's kernels. Written by hlo4j's annotation processor.

      test.Dense.sum
        in  first: tensor<4xf32>, donated to output 0
        in  second: tensor<4xf32>
        in  unread: tensor<4xi32>, unused
        out 0: tensor<4xf32>
        out 1: tensor<4xf32>, the same as output 0
        out 2: tensor<4xf32>, input 1 unchanged
        collective all_reduce [0]

      test.Dense.same
        in  x: tensor<4xf32>
        out 0: tensor<4xf32>, input 0 unchanged
      """;

  @TempDir Path folder;

  private Compilation compile() {
    return Source.compile(
        Source.strict("-Xlint:all,-classfile,-processing", "-Ahlo4j.plans=" + folder), DENSE);
  }

  private void commit(String plan) throws IOException {
    Files.createDirectories(folder.resolve("test"));
    Files.writeString(folder.resolve("test/DenseKernels.plan.txt"), plan);
  }

  @Test
  void thePlanIsAResourceBesideTheClass() throws Exception {
    Compilation compilation = Source.compile(DENSE);

    assertThat(compilation).succeededWithoutWarnings();
    assertThat(compilation)
        .generatedFile(StandardLocation.CLASS_OUTPUT, "test", "DenseKernels.plan.txt")
        .contentsAsUtf8String()
        .isEqualTo(PLAN);
  }

  @Test
  void thePlanIsWhatTheMetadataSays() throws Exception {
    GeneratedClasses classes = new GeneratedClasses(Source.compile(DENSE));

    for (Object metadata : classes.metadata("test.DenseKernels")) {
      assertThat(PLAN).contains(metadata.toString());
    }
  }

  @Test
  void aDonationMayNameItsOutputOrARecordOfOutputs() throws Exception {
    Compilation compilation =
        Source.compile(
            Source.of(
                "Dense",
                """
                @Kernels public interface Dense {
                  record Pair(Tensor<Vec> one, Tensor<Vec> two) {}
                  record Out(Pair first, Pair second, DeviceBuffer<Vec> last) {}
                  @Kernel(
                      "func.func @main(%a: tensor<4xf32>, %b: tensor<4xf32>, %c: tensor<4xf32>)"
                          + " -> (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>,"
                          + "tensor<4xf32>) {"
                          + "%0 = stablehlo.negate %a : tensor<4xf32>\\n"
                          + "%1 = stablehlo.negate %b : tensor<4xf32>\\n"
                          + "%2 = stablehlo.abs %a : tensor<4xf32>\\n"
                          + "%3 = stablehlo.abs %b : tensor<4xf32>\\n"
                          + "%4 = stablehlo.add %a, %c : tensor<4xf32>\\n"
                          + "return %0, %1, %2, %3, %4 : tensor<4xf32>, tensor<4xf32>,"
                          + "tensor<4xf32>, tensor<4xf32>, tensor<4xf32> }")
                  Out f(@Donated("second") Pair pair, @Donated("last") Tensor<Vec> c);
                }
                """));

    assertThat(compilation).succeededWithoutWarnings();
    assertThat(new GeneratedClasses(compilation).metadata("test.DenseKernels").get(0).toString())
        .startsWith(
            """
            test.Dense.f
              in  pair.one: tensor<4xf32>, donated to output 2
              in  pair.two: tensor<4xf32>, donated to output 3
              in  c: tensor<4xf32>, donated to output 4
            """);
  }

  @Test
  void aBuildWithTheCommittedPlanSucceeds() throws IOException {
    commit(PLAN);

    assertThat(compile()).succeededWithoutWarnings();
  }

  @Test
  void aPlanThatIsNotCommittedFailsTheBuild() {
    assertThat(compile())
        .hadErrorContaining(
            "[HLO071] The plan of Dense has no committed copy "
                + folder.resolve("test/DenseKernels.plan.txt")
                + ": review DenseKernels.plan.txt in the class output, and copy it")
        .inFile(DENSE)
        .onLineContaining("public interface Dense");
  }

  @Test
  void aPlanThatDiffersFailsTheBuildAndShowsTheFirstLineThatDoes() throws IOException {
    commit(PLAN.replace("input 1 unchanged", "input 1 unchanged, copied"));

    Compilation compilation = compile();

    assertThat(compilation)
        .hadErrorContaining("[HLO072] The plan of Dense is not the committed one, ")
        .inFile(DENSE)
        .onLineContaining("public interface Dense");
    assertThat(compilation).hadErrorContaining(", line 9:");
    assertThat(compilation)
        .hadErrorContaining("committed: out 2: tensor<4xf32>, input 1 unchanged, copied\n");
    assertThat(compilation)
        .hadErrorContaining("now:       out 2: tensor<4xf32>, input 1 unchanged\n");
  }

  @Test
  void aPlanThatIsShorterOrLongerDiffers() throws IOException {
    commit(PLAN + "more\n");
    assertThat(compile()).hadErrorContaining("committed: more\n    now:       (nothing)");

    commit(PLAN.lines().findFirst().orElseThrow() + "\n");
    assertThat(compile()).hadErrorContaining("committed: (nothing)\n    now:       ");
  }

  @Test
  void wrongOptionsAreReported() {
    Map<String, String> wrong =
        Map.of(
            "-Ahlo4j.verfy=off", "unknown option hlo4j.verfy; did you mean hlo4j.verify?",
            "-Ahlo4j.verify=maybe", "hlo4j.verify is 'maybe', but must be auto, required or off",
            "-Ahlo4j.verify.seconds=soon",
                "hlo4j.verify.seconds is 'soon', but must be a number of seconds from 1 to 86400",
            "-Ahlo4j.verify.seconds=0",
                "hlo4j.verify.seconds is '0', but must be a number of seconds from 1 to 86400",
            "-Ahlo4j.aot=yes", "hlo4j.aot is 'yes', but must be true or false",
            "-Ahlo4j.aot=true", "hlo4j.aot=true requires XLA, which hlo4j.verify=off disables");

    wrong.forEach(
        (option, problem) ->
            assertThat(Source.compile(Source.strict(option), DENSE))
                .hadErrorContaining(
                    "[HLO070] Invalid option of the annotation processor: " + problem));
  }
}
