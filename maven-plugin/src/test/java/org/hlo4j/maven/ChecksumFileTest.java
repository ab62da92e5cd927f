package org.hlo4j.maven;

import static com.google.common.truth.Truth.assertThat;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ChecksumFileTest {
  /** The SHA-256 of {@code abc}. */
  private static final String ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @TempDir Path folder;
  private Path classes;

  @BeforeEach
  void makeClasses() throws IOException {
    classes = folder.resolve("classes");
    write(classes.resolve("com/acme/Outer_DenseKernels.class"), "class");
    write(classes.resolve("com/acme/Outer_DenseKernels.sha256"), ABC + "  models/a b.mlir\n");
  }

  private static Path write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private List<String> changed(Path... roots) throws IOException {
    List<ChecksumFile> files = ChecksumFile.in(classes);
    assertThat(files).hasSize(1);
    try (ResourceRoots all = new ResourceRoots(List.of(roots))) {
      return files.get(0).changed(all);
    }
  }

  @Test
  void aProgramThatIsTheSameHasNotChanged() throws IOException {
    write(classes.resolve("models/a b.mlir"), "abc");

    assertThat(changed(classes)).isEmpty();
  }

  @Test
  void aProgramThatIsAnotherOrMissingHasChanged() throws IOException {
    assertThat(changed(classes)).containsExactly("models/a b.mlir");
    assertThat(changed()).containsExactly("models/a b.mlir");

    write(classes.resolve("models/a b.mlir"), "abd");
    assertThat(changed(classes)).containsExactly("models/a b.mlir");
  }

  @Test
  void theFirstRootWithTheProgramCounts() throws IOException {
    Path first = folder.resolve("first");
    Path second = folder.resolve("second");
    write(second.resolve("models/a b.mlir"), "abc");
    assertThat(changed(folder.resolve("nowhere"), first, second)).isEmpty();

    write(first.resolve("models/a b.mlir"), "other");
    assertThat(changed(first, second)).containsExactly("models/a b.mlir");
  }

  @Test
  void aProgramMayBeInAJar() throws IOException {
    Path jar = folder.resolve("library.jar");
    try (FileSystem inside = FileSystems.newFileSystem(jar, Map.of("create", "true"))) {
      write(inside.getPath("/models/a b.mlir"), "abc");
    }

    assertThat(changed(classes, jar)).isEmpty();
  }

  @Test
  void whatWasWrittenForAClassThatIsGoneDoesNotCount() throws IOException {
    Files.delete(classes.resolve("com/acme/Outer_DenseKernels.class"));

    assertThat(ChecksumFile.in(classes)).isEmpty();
    assertThat(ChecksumFile.in(folder.resolve("nowhere"))).isEmpty();
  }

  @Test
  void itNamesTheGeneratedClass() throws IOException {
    assertThat(ChecksumFile.in(classes).get(0).generatedClass(classes))
        .isEqualTo("com.acme.Outer_DenseKernels");
  }

  @Test
  void classesThatAreOutdatedAreOlderThanAnySource() throws IOException {
    Path resource = write(classes.resolve("a.mlir"), "abc");
    FileTime before = Files.getLastModifiedTime(resource);

    ClassFiles.outdate(classes);

    Path file = classes.resolve("com/acme/Outer_DenseKernels.class");
    assertThat(Files.getLastModifiedTime(file)).isEqualTo(FileTime.fromMillis(0));
    assertThat(Files.getLastModifiedTime(resource)).isEqualTo(before);
  }
}
