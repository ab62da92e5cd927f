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
      // A folder's contents are deleted before the folder.
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (NoSuchFileException e) {
      // Another process has deleted it.
    } catch (UncheckedIOException e) {
      if (!(e.getCause() instanceof NoSuchFileException)) {
        throw e.getCause();
      }
    }
  }

  /** Deletes the folders with this prefix as far as possible: they only take space. */
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
