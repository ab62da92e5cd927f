package org.hlo4j.cli;

import static com.google.common.truth.Truth.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shell script that starts the command, with JDKs that only print how they were called. */
final class LauncherTest {
  private static final String JAVA =
      """
      #!/bin/bash
      for word in "$@"; do
        case $word in
          -XX:AOTMode=*) mode=${word#*=} ;;
          -XX:AOTConfiguration=*) configuration=${word#*=} ;;
          -XX:AOTCache=*) cache=${word#*=} ;;
        esac
      done
      case ${mode:-} in
        record) echo recorded >"$configuration" ;;
        create) echo created >"$cache" ;;
      esac
      echo "VERSION" "$@"
      [ "${!#}" != fail ] || exit 3
      """;

  @TempDir Path folder;

  private Path script;

  @BeforeEach
  void install() throws IOException {
    script = folder.resolve("dist/bin/hlo4j");
    Files.createDirectories(script.getParent());
    Files.copy(Path.of("bin", "hlo4j"), script);
    Path jar = folder.resolve("dist/lib/hlo4j.jar");
    Files.createDirectories(jar.getParent());
    Files.writeString(jar, "a jar");
  }

  private Path jdk(String version) throws IOException {
    Path home = folder.resolve("jdk " + version);
    Path java = home.resolve("bin/java");
    Files.createDirectories(java.getParent());
    Files.writeString(java, JAVA.replace("VERSION", version));
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.writeString(
        home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"%s\"\n".formatted(version));
    return home;
  }

  private record Started(int status, String out) {}

  private Started start(Map<String, String> variables, String... words)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("sh", script.toString()));
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().put("PATH", "/usr/bin:/bin");
    builder.environment().put("HOME", folder.toString());
    builder.environment().putAll(variables);
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Started(process.waitFor(), out);
  }

  @Test
  void aSuitableJavaHomeIsUsed() throws IOException, InterruptedException {
    Started started = start(Map.of("JAVA_HOME", jdk("25.0.3").toString()), "plugins", "a b");

    assertThat(started.out()).startsWith("25.0.3 --enable-native-access=ALL-UNNAMED ");
    assertThat(started.out()).endsWith("lib/hlo4j.jar plugins a b\n");
  }

  @Test
  void anOlderJavaHomeIsPassedOver() throws IOException, InterruptedException {
    Path links = Files.createDirectories(folder.resolve("links"));
    Files.createSymbolicLink(links.resolve("java"), jdk("26").resolve("bin/java"));

    Started started =
        start(
            Map.of("JAVA_HOME", jdk("17.0.15").toString(), "PATH", links + ":/usr/bin:/bin"),
            "--version");

    assertThat(started.out()).startsWith("26 ");
  }

  @Test
  void theScriptMayBeALink() throws IOException, InterruptedException {
    Path link = folder.resolve("link");
    Files.createSymbolicLink(link, Path.of("dist/bin/hlo4j"));
    script = link;

    assertThat(start(Map.of("JAVA_HOME", jdk("25").toString()), "--version").out())
        .contains("hlo4j.jar --version");
  }

  @Test
  void aRunLeavesAnAotCacheForTheNext() throws IOException, InterruptedException {
    Map<String, String> variables = Map.of("JAVA_HOME", jdk("25").toString());

    assertThat(start(variables, "run", "x.mlir").out()).contains(" -XX:AOTMode=record ");
    assertThat(start(variables, "run", "x.mlir").out()).contains(" -XX:AOTCache=");
    assertThat(start(Map.of("JAVA_HOME", jdk("26").toString()), "plugins").out())
        .doesNotContain("AOT");
  }

  @Test
  void aFailureIsTheStatusAndLeavesNoCache() throws IOException, InterruptedException {
    Map<String, String> variables = Map.of("JAVA_HOME", jdk("25").toString());

    assertThat(start(variables, "run", "fail").status()).isEqualTo(3);
    try (var files = Files.list(folder.resolve(".cache/hlo4j/aot"))) {
      assertThat(files.toList()).isEmpty();
    }
    assertThat(start(variables, "plugins", "fail").status()).isEqualTo(3);
  }

  @Test
  void aMissingJarIsTold() throws IOException, InterruptedException {
    Files.delete(folder.resolve("dist/lib/hlo4j.jar"));

    Started started = start(Map.of("JAVA_HOME", jdk("25").toString()), "--version");
    assertThat(started.status()).isEqualTo(1);
    assertThat(started.out()).contains("hlo4j: hlo4j.jar is missing");
  }
}
