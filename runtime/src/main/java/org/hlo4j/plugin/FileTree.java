package org.hlo4j.plugin;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** Deletes folders recursively. */
final class FileTree {
  private FileTree() {}

  /** Deletes the folder; links are deleted, not followed. */
  static void delete(Path folder) throws IOException {
    try {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<Path>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.deleteIfExists(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                throws IOException {
              if (failure != null) {
                throw failure;
              }
              Files.deleteIfExists(directory);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (NoSuchFileException e) {
      // It is gone, which is all that was wanted.
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
