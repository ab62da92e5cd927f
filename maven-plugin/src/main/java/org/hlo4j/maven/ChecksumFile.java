package org.hlo4j.maven;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A file such as {@code DenseKernels.sha256}, which lists the programs from which the annotation
 * processor generated {@code DenseKernels}, with their SHA-256. Immutable.
 */
record ChecksumFile(Path file) {
  private static final String SUFFIX = ".sha256";
  private static final String SEPARATOR = "  ";

  /** Returns the files in a folder of classes, except those of deleted classes. */
  static List<ChecksumFile> in(Path classes) throws IOException {
    if (!Files.isDirectory(classes)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(classes)) {
      return files
          .filter(file -> file.toString().endsWith(SUFFIX))
          .filter(file -> Files.exists(file.resolveSibling(simpleName(file) + ".class")))
          .sorted()
          .map(ChecksumFile::new)
          .toList();
    }
  }

  private static String simpleName(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.substring(0, name.length() - SUFFIX.length());
  }

  /** Returns the name of the generated class. */
  String generatedClass(Path classes) {
    String path = classes.relativize(file.resolveSibling(simpleName(file))).toString();
    return path.replace(file.getFileSystem().getSeparator(), ".");
  }

  /** Returns the paths of the programs that have changed or no longer exist. */
  List<String> changed(ResourceRoots roots) throws IOException {
    List<String> changed = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      int end = line.indexOf(SEPARATOR);
      if (end > 0) {
        String path = line.substring(end + SEPARATOR.length());
        if (!roots.sha256(path).equals(line.substring(0, end))) {
          changed.add(path);
        }
      }
    }
    return changed;
  }

  /** Deletes the file; the next compilation writes it again if the class still has programs. */
  void delete() throws IOException {
    Files.deleteIfExists(file);
  }
}
