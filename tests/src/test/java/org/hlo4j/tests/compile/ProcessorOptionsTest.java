package org.hlo4j.tests.compile;

import static com.google.common.truth.Truth.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hlo4j.plugin.PluginLocator;
import org.hlo4j.plugin.PluginRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each documented option of the processor, given to a javac of its own as a build does. */
final class ProcessorOptionsTest {
  private static final String LIBRARY =
      PluginLocator.ofThisJvm().locate(PluginRequest.any()).library().toString();

  private static final String SOURCE =
      """
      package com.acme;
      import org.hlo4j.*;
      import org.hlo4j.annotation.*;
      import org.hlo4j.type.F32;
      @Kernels public interface Dense {
        @TensorType("tensor<4xf32>") interface Vec extends F32 {}
        @Kernel(\"""
            func.func @main(%x: tensor<4xf32>) -> tensor<4xf32> {
              %0 = stablehlo.negate %x : tensor<4xf32>
              return %0 : tensor<4xf32>
            }
            \""")
        DeviceBuffer<Vec> negate(Tensor<Vec> x);
        @Pipeline("y = negate(x)\\nz = negate(y)\\nreturn z") DeviceBuffer<Vec> twice(Tensor<Vec> x);
      }
      """;

  @TempDir Path folder;
  private Path output;

  @BeforeEach
  void makeFolders() throws IOException {
    output = Files.createDirectory(folder.resolve("classes"));
    Files.writeString(folder.resolve("Dense.java"), SOURCE);
  }

  /** What javac prints, behind its exit status. */
  private String javac(Map<String, String> variables, String... options)
      throws IOException, InterruptedException {
    String classPath = System.getProperty("java.class.path");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "javac").toString());
    command.addAll(List.of("-d", output.toString(), "-cp", classPath));
    command.addAll(List.of("-processor", "org.hlo4j.processor.KernelProcessor"));
    command.addAll(List.of(options));
    command.add(folder.resolve("Dense.java").toString());
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("XDG_CACHE_HOME", folder.resolve("cache").toString());
    builder.environment().remove("PJRT_PLUGIN_LIBRARY_PATH");
    // The JVM reports these options, and the output is compared as a whole.
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    builder.environment().putAll(variables);
    Process process = builder.start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor() + " " + printed;
  }

  private String withPlugin(String... options) throws IOException, InterruptedException {
    return javac(Map.of("PJRT_PLUGIN_LIBRARY_PATH", LIBRARY), options);
  }

  private List<String> files(String suffix) throws IOException {
    try (Stream<Path> files = Files.walk(output)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.endsWith(suffix))
          .toList();
    }
  }

  @Test
  void verificationIsForThosePluginsThatAreThereUnlessItIsRequiredOrOff() throws Exception {
    assertThat(javac(Map.of(), "-Ahlo4j.verify=off")).isEqualTo("0 ");
    assertThat(javac(Map.of(), "-Ahlo4j.verify=auto"))
        .startsWith("0 Note: [HLO084] XLA verified no program");
    assertThat(javac(Map.of())).startsWith("0 Note: [HLO084] XLA verified no program");
    assertThat(javac(Map.of(), "-Ahlo4j.verify=required"))
        .startsWith("1 error: [HLO083] XLA verified no program, but the build requires it");
    assertThat(withPlugin("-Ahlo4j.verify=required")).isEqualTo("0 ");
  }

  @Test
  void thePluginThatVerifiesMayBeNamedToTheJvmThatRunsJavac() throws Exception {
    assertThat(javac(Map.of(), "-J-Dhlo4j.plugin=" + LIBRARY, "-Ahlo4j.verify=required"))
        .isEqualTo("0 ");
    assertThat(withPlugin("-J-Dhlo4j.plugin=/no/such.so", "-Ahlo4j.verify=required"))
        .contains("-Dhlo4j.plugin names the plugin \"/no/such.so\", which does not exist.");
  }

  @Test
  void executablesAreMadeAheadOfTime() throws Exception {
    assertThat(withPlugin("-Ahlo4j.aot=false")).isEqualTo("0 ");
    assertThat(files(".pjrt")).isEmpty();
    assertThat(withPlugin("-Ahlo4j.aot=true")).isEqualTo("0 ");
    assertThat(files(".pjrt")).hasSize(2);
  }

  @Test
  void pipelinesArePlannedOrPlain() throws Exception {
    assertThat(javac(Map.of(), "-Ahlo4j.verify=off", "-Ahlo4j.pipelines=planned")).isEqualTo("0 ");
    String planned = Files.readString(output.resolve("com/acme/DenseKernels.twice.mlir"));
    assertThat(javac(Map.of(), "-Ahlo4j.verify=off", "-Ahlo4j.pipelines=plain")).isEqualTo("0 ");
    String plain = Files.readString(output.resolve("com/acme/DenseKernels.twice.mlir"));

    assertThat(plain).startsWith("// The pipeline com.acme.Dense.twice, plain.");
    assertThat(planned).doesNotContain("plain");
  }

  @Test
  void plansAreComparedWithCommittedOnes() throws Exception {
    Path plans = folder.resolve("plans");

    assertThat(javac(Map.of(), "-Ahlo4j.verify=off", "-Ahlo4j.plans=" + plans))
        .contains("[HLO071] The plan of Dense has no committed copy");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "hlo4j.verify=maybe|hlo4j.verify is 'maybe', but must be auto, required or off",
        "hlo4j.verify|hlo4j.verify is '', but must be auto, required or off",
        "hlo4j.verify=|hlo4j.verify is '', but must be auto, required or off",
        "hlo4j.verify.seconds=-1|hlo4j.verify.seconds is '-1', but must be a number of seconds"
            + " from 1 to",
        "hlo4j.verify.seconds=9223372036854775807|but must be a number of seconds from 1 to 86400",
        "hlo4j.verify.seconds|hlo4j.verify.seconds is '', but must be a number of seconds from 1"
            + " to",
        "hlo4j.aot|hlo4j.aot is '', but must be true or false",
        "hlo4j.pipelines=fast|hlo4j.pipelines is 'fast', but must be planned or plain",
        "hlo4j.plans=|hlo4j.plans is '', but must be the path of a folder",
        "hlo4j.plans|hlo4j.plans is '', but must be the path of a folder",
        "hlo4j.cache=off|unknown option hlo4j.cache",
      })
  void aNonsensicalValueIsRefused(String option, String problem) throws Exception {
    String printed = javac(Map.of(), "-A" + option);

    assertThat(printed)
        .startsWith("1 error: [HLO070] Invalid option of the annotation processor: ");
    assertThat(printed).contains(problem);
  }

  @Test
  void theLongestTimeOfAVerificationIsADay() throws Exception {
    assertThat(withPlugin("-Ahlo4j.verify.seconds=86400", "-Ahlo4j.verify=required"))
        .isEqualTo("0 ");
  }
}
