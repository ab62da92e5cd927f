package org.hlo4j.maven;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;

/** The class files of a compilation. */
final class ClassFiles {
  private ClassFiles() {}

  /**
   * Makes all class files older than their sources, so that Maven's compiler recompiles them. They
   * are not deleted, so that the classes remain usable if no compilation follows.
   */
  static void outdate(Path classes) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(classes)) {
      files = all.filter(file -> file.toString().endsWith(".class")).toList();
    }
    for (Path file : files) {
      Files.setLastModifiedTime(file, FileTime.fromMillis(0));
    }
  }
}
