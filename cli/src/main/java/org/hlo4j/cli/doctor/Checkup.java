package org.hlo4j.cli.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hlo4j.cli.plugins.Check;
import org.hlo4j.plugin.CacheFolder;
import org.hlo4j.plugin.PluginInventory.Found;
import org.hlo4j.plugin.PluginLocation;

/**
 * Checks the JDKs, Maven, the plugin, native access and the cache folder of a machine.
 *
 * @param tool runs the machine's commands
 * @param plugins the plugins that were found; {@code Pjrt.open()} uses the first
 */
public record Checkup(Tool tool, List<Found> plugins) {
  private static final int NEEDED = 25;
  private static final Pattern JAVA =
      Pattern.compile("version \"(?<version>(?<major>\\d+)[^\"]*)\"");
  private static final Pattern MAVEN = Pattern.compile("Apache Maven (?<version>[\\w.-]+)");
  private static final Pattern OF_MAVEN =
      Pattern.compile("Java version: (?<version>(?<major>\\d+)[^,]*)");

  public Checkup {
    plugins = List.copyOf(plugins);
  }

  /** Tests a plugin in a separate process. */
  @FunctionalInterface
  public interface PluginCheck {
    Check check(Path library) throws IOException;
  }

  /** Runs all checks, in the order in which to apply their remedies. */
  public List<Diagnosis> diagnose(PluginCheck plugin) throws IOException {
    List<Diagnosis> all = new ArrayList<>();
    all.add(
        Diagnosis.ok(
            "JDK", Runtime.version() + ", at " + System.getProperty("java.home") + ", runs hlo4j"));
    all.add(javaOfPath());
    all.add(maven());
    all.add(cacheFolder());
    all.add(plugin(plugin));
    all.add(
        Diagnosis.ok(
            "native access",
            "java needs --enable-native-access=org.hlo4j.runtime for your program, or ALL-UNNAMED"
                + " on the class path"));
    return all;
  }

  private Diagnosis javaOfPath() {
    Optional<String> said = tool.run(List.of("java", "-version"));
    Matcher java = JAVA.matcher(said.orElse(""));
    if (!java.find()) {
      return Diagnosis.warning(
          "java on the PATH", "none", "Put the folder bin of a JDK 25 on the PATH.");
    }
    String version = java.group("version");
    return isEnough(java)
        ? Diagnosis.ok("java on the PATH", version)
        : Diagnosis.warning(
            "java on the PATH",
            version + ", which cannot run programs that use hlo4j",
            "Run them with the JDK above, or put its folder bin first on the PATH.");
  }

  private Diagnosis maven() {
    Optional<String> said = tool.run(List.of("mvn", "-v"));
    // Maven prints its name in bold where it takes the output for a terminal.
    String plain = said.orElse("").replaceAll("\u001b\\[[0-9;]*m", "");
    Matcher maven = MAVEN.matcher(plain);
    Matcher java = OF_MAVEN.matcher(plain);
    if (!maven.find() || !java.find()) {
      return Diagnosis.warning(
          "Maven", "none on the PATH", "Install Maven 3.8 or newer, unless you build with Gradle.");
    }
    String found = maven.group("version") + " on JDK " + java.group("version");
    return isEnough(java)
        ? Diagnosis.ok("Maven", found)
        : Diagnosis.warning(
            "Maven",
            found,
            "A build needs maven-toolchains-plugin, which hlo4j init --pom sets up; or set"
                + " JAVA_HOME to a JDK 25.");
  }

  private static boolean isEnough(Matcher java) {
    return Integer.parseInt(java.group("major")) >= NEEDED;
  }

  private static Diagnosis cacheFolder() {
    String what = "cache folder";
    Optional<Path> folder = CacheFolder.EXECUTABLES.find();
    if (folder.isEmpty()) {
      return Diagnosis.warning(
          what,
          "none, since the user has no home folder",
          "Set XDG_CACHE_HOME to an absolute path.");
    }
    try {
      Files.createDirectories(folder.get());
      Files.delete(Files.createTempFile(folder.get(), "doctor", ".tmp"));
      return Diagnosis.ok(what, folder.get().toString());
    } catch (IOException e) {
      return Diagnosis.warning(
          what,
          folder.get() + " cannot be written: " + e,
          "Programs are compiled again in each process. Set XDG_CACHE_HOME to a writable folder.");
    }
  }

  private Diagnosis plugin(PluginCheck check) throws IOException {
    String what = "plugin";
    if (plugins.isEmpty()) {
      return Diagnosis.failed(
          what,
          "none",
          "hlo4j plugins install cpu downloads the CPU plugin with pip. For another plugin, set"
              + " PJRT_PLUGIN_LIBRARY_PATH.");
    }
    Found first = plugins.get(0);
    Optional<PluginLocation> location = first.location();
    if (location.isEmpty()) {
      return Diagnosis.failed(what, first.name() + ": " + first.problem(), "See hlo4j plugins.");
    }
    Check result = check.check(location.get().library());
    String found = first.name() + ", " + location.get().library();
    return result.status() == Check.Status.SUPPORTED
        ? Diagnosis.ok(what, found)
        : Diagnosis.failed(
            what, found + ": " + result.status() + ". " + result.problem(), "See hlo4j plugins.");
  }
}
