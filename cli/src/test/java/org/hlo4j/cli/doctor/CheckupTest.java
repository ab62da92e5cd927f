package org.hlo4j.cli.doctor;

import static com.google.common.truth.Truth.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hlo4j.cli.doctor.Diagnosis.Status;
import org.hlo4j.cli.plugins.Check;
import org.hlo4j.plugin.PluginInventory;
import org.hlo4j.plugin.PluginInventory.Found;
import org.junit.jupiter.api.Test;

final class CheckupTest {
  private static final String MAVEN_ON_17 =
      """
      \u001b[1mApache Maven 3.8.7\u001b[m
      Maven home: /usr/share/maven
      Java version: 17.0.15, vendor: Debian, runtime: /usr/lib/jvm/java-17-openjdk-amd64
      """;

  private static Diagnosis diagnosis(Map<String, String> commands, String what) throws IOException {
    return diagnosis(commands, List.of(), Check.failed("not asked"), what);
  }

  private static Diagnosis diagnosis(
      Map<String, String> commands, List<Found> plugins, Check check, String what)
      throws IOException {
    Tool tool = command -> Optional.ofNullable(commands.get(command.getFirst()));
    return new Checkup(tool, plugins)
        .diagnose(library -> check).stream()
            .filter(diagnosis -> diagnosis.what().equals(what))
            .findFirst()
            .orElseThrow();
  }

  @Test
  void anOlderJavaOnThePathIsAWarning() throws IOException {
    Diagnosis java =
        diagnosis(Map.of("java", "openjdk version \"17.0.15\" 2025-04-15"), "java on the PATH");

    assertThat(java.status()).isEqualTo(Status.WARNING);
    assertThat(java.found()).isEqualTo("17.0.15, which cannot run programs that use hlo4j");
  }

  @Test
  void aNewEnoughJavaIsFine() throws IOException {
    for (String version : List.of("25", "25.0.3", "26-ea")) {
      assertThat(diagnosis(Map.of("java", "java version \"" + version + "\""), "java on the PATH"))
          .isEqualTo(Diagnosis.ok("java on the PATH", version));
    }
  }

  @Test
  void mavenOnAnOlderJdkNeedsToolchains() throws IOException {
    Diagnosis maven = diagnosis(Map.of("mvn", MAVEN_ON_17), "Maven");

    assertThat(maven.status()).isEqualTo(Status.WARNING);
    assertThat(maven.found()).isEqualTo("3.8.7 on JDK 17.0.15");
    assertThat(maven.remedy()).contains("maven-toolchains-plugin");
    assertThat(diagnosis(Map.of("mvn", MAVEN_ON_17.replace("17", "25")), "Maven").status())
        .isEqualTo(Status.OK);
  }

  @Test
  void missingCommandsAreWarnings() throws IOException {
    assertThat(diagnosis(Map.of(), "Maven").found()).isEqualTo("none on the PATH");
    assertThat(diagnosis(Map.of(), "java on the PATH").found()).isEqualTo("none");
  }

  @Test
  void withoutAPluginNothingRuns() throws IOException {
    Diagnosis plugin = diagnosis(Map.of(), "plugin");

    assertThat(plugin.status()).isEqualTo(Status.FAILED);
    assertThat(plugin.remedy()).startsWith("hlo4j plugins install cpu ");
  }

  @Test
  void thePluginIsTried() throws IOException {
    List<Found> plugins = PluginInventory.ofThisJvm();
    Check works = new Check(Check.Status.SUPPORTED, Map.of(), "");

    assertThat(diagnosis(Map.of(), plugins, works, "plugin").status()).isEqualTo(Status.OK);
    Diagnosis broken = diagnosis(Map.of(), plugins, Check.failed("it crashed"), "plugin");
    assertThat(broken.status()).isEqualTo(Status.FAILED);
    assertThat(broken.found()).endsWith(": failed. it crashed");
  }
}
