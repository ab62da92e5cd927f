package org.hlo4j.cli.init;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The folders of a project.
 *
 * @param sources the source folder, relative to the project
 * @param resources the resource folder, relative to the project
 */
public record Project(Path folder, Path sources, Path resources) {
  private static final String POM = "pom.xml";
  private static final List<String> BUILDS =
      List.of(POM, "build.gradle", "build.gradle.kts", "settings.gradle", "settings.gradle.kts");

  /**
   * Writes an interface, and its programs as resources of its package.
   *
   * @param force whether to overwrite existing files
   * @return the written files
   * @throws FileAlreadyExistsException if a file exists with other contents; then nothing is
   *     written
   */
  public List<Path> write(InterfaceDesign design, boolean force) throws IOException {
    Path home = Path.of("", design.packageName().split("\\.", -1));
    Map<Path, byte[]> contents = new LinkedHashMap<>();
    for (InterfaceDesign.KernelDesign kernel : design.kernels()) {
      Path resource = folder.resolve(resources).resolve(home).resolve(kernel.file().name());
      byte[] other = contents.put(resource, kernel.file().content());
      if (other != null) {
        throw new FileAlreadyExistsException(
            resource + ": two programs have this name; rename one", null, null);
      }
    }
    contents.put(
        folder.resolve(sources).resolve(home).resolve(design.name() + ".java"),
        InterfaceSource.of(design).getBytes(StandardCharsets.UTF_8));
    List<Path> written = new ArrayList<>();
    for (Map.Entry<Path, byte[]> file : contents.entrySet()) {
      if (!isThere(file.getKey(), file.getValue(), force)) {
        written.add(file.getKey());
      }
    }
    for (Path file : written) {
      Files.createDirectories(Objects.requireNonNull(file.toAbsolutePath().getParent()));
      Files.write(file, Objects.requireNonNull(contents.get(file)));
    }
    return written;
  }

  private static boolean isThere(Path file, byte[] content, boolean force) throws IOException {
    if (!Files.exists(file)) {
      return false;
    }
    boolean isSame = Arrays.equals(Files.readAllBytes(file), content);
    if (!isSame && !force) {
      throw new FileAlreadyExistsException(
          file + " already exists with other contents; --force overwrites it", null, null);
    }
    return isSame;
  }

  /** Returns whether the folder has a build file of Maven or Gradle. */
  public boolean hasBuild() {
    return BUILDS.stream().anyMatch(build -> Files.exists(folder.resolve(build)));
  }

  /**
   * Writes a {@code pom.xml} that builds the project, unless there is a build file.
   *
   * @param version the version of hlo4j
   * @return the written file
   */
  public Optional<Path> writePom(String groupId, String version) throws IOException {
    if (hasBuild()) {
      return Optional.empty();
    }
    Path pom = folder.resolve(POM);
    Files.createDirectories(pom.toAbsolutePath().getParent());
    Files.writeString(
        pom,
        template()
            .replace("@groupId@", groupId)
            .replace("@artifactId@", artifactId())
            .replace("@sources@", slashed(sources))
            .replace("@resources@", slashed(resources))
            .replace("@hlo4j.version@", version));
    return Optional.of(pom);
  }

  private String artifactId() {
    Path name = folder.toAbsolutePath().normalize().getFileName();
    String id = name == null ? "" : name.toString().replaceAll("[^A-Za-z0-9._-]", "-");
    return id.isEmpty() ? "kernels" : id;
  }

  private static String slashed(Path path) {
    return path.toString().replace('\\', '/');
  }

  private static String template() throws IOException {
    try (InputStream in = Project.class.getResourceAsStream(POM)) {
      return new String(Objects.requireNonNull(in, POM).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
