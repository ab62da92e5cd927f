package org.hlo4j.plugin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Deletes folders recursively. */
final class FileTree {
  private FileTree() {}

  /** Deletes the folder; links are deleted, not followed. */
  static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      // What is in a folder comes before it.
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (NoSuchFileException e) {
      // It is gone, which is all that was wanted.
    } catch (UncheckedIOException e) {
      if (!(e.getCause() instanceof NoSuchFileException)) {
        throw e.getCause();
      }
    }
  }

  /** Deletes what can be deleted of the folders with this prefix: they are only in the way. */
  static void deleteLeftovers(Path parent, String prefix) throws IOException {
    try (DirectoryStream<Path> leftovers =
        Files.newDirectoryStream(
            parent, path -> path.getFileName().toString().startsWith(prefix))) {
      for (Path leftover : leftovers) {
        deleteIfPossible(leftover);
      }
    }
  }

  /** Deletes the folder, or leaves what cannot be deleted to the next run. */
  static void deleteIfPossible(Path folder) {
    try {
      delete(folder);
    } catch (IOException e) {
      // Nothing reads it, and the next fetch tries again.
    }
  }
}
