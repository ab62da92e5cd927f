package org.hlo4j.maven;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The folders and jars that are searched for programs, in the annotation processor's order. */
final class ResourceRoots implements AutoCloseable {
  private final List<Path> roots;
  private final List<FileSystem> jars = new ArrayList<>();
  private @Nullable List<Path> opened;

  ResourceRoots(List<Path> roots) {
    this.roots = List.copyOf(roots);
  }

  /** Returns the SHA-256 of the first resource with a path; empty if there is none. */
  String sha256(String path) throws IOException {
    for (Path root : opened()) {
      try {
        Path file = root.resolve(path);
        if (Files.isRegularFile(file)) {
          return sha256(file);
        }
      } catch (InvalidPathException e) {
        return ""; // The processor cannot find it either.
      }
    }
    return "";
  }

  private List<Path> opened() throws IOException {
    List<Path> known = opened;
    if (known == null) {
      known = new ArrayList<>();
      for (Path root : roots) {
        if (Files.isDirectory(root)) {
          known.add(root);
        } else if (Files.isRegularFile(root)) {
          known.add(openJar(root));
        }
      }
      opened = known;
    }
    return known;
  }

  private Path openJar(Path file) throws IOException {
    FileSystem jar = FileSystems.newFileSystem(file, (ClassLoader) null);
    jars.add(jar);
    return jar.getPath("/");
  }

  private static String sha256(Path file) throws IOException {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("Every Java platform has SHA-256", e);
    }
  }

  @Override
  public void close() throws IOException {
    for (FileSystem jar : jars) {
      jar.close();
    }
  }
}
