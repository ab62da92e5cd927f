package org.hlo4j.plugin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.hlo4j.error.PluginException;
import org.jspecify.annotations.Nullable;

/** The folder of the user that keeps fetched plugins: where it is, and how it is made. */
final class CacheFolder {
  private static final String XDG_CACHE_HOME = "XDG_CACHE_HOME";

  private CacheFolder() {}

  /**
   * The folder by the rules of the XDG base directories, or by what is usual on macOS and Windows.
   * It need not exist.
   */
  static Path of(Surroundings surroundings) {
    return userCache(surroundings).resolve("hlo4j").resolve("plugins");
  }

  private static Path userCache(Surroundings surroundings) {
    // The XDG rules say that a relative path is to be ignored.
    Optional<Path> chosen = absolute(surroundings.variable(XDG_CACHE_HOME));
    if (chosen.isPresent()) {
      return chosen.get();
    }
    if (surroundings.isWindows()) {
      return absolute(surroundings.variable("LOCALAPPDATA"))
          .orElseGet(() -> home(surroundings).resolve("AppData").resolve("Local"));
    }
    if (surroundings.isMac()) {
      return home(surroundings).resolve("Library").resolve("Caches");
    }
    return home(surroundings).resolve(".cache");
  }

  private static Path home(Surroundings surroundings) {
    String home = surroundings.property("user.home");
    // A user without an entry in the password file has the home "?", which is a relative path.
    return absolute(home)
        .orElseThrow(
            () ->
                new PluginException(
                    "There is no folder to keep plugins in: the system property user.home is \""
                        + home
                        + "\". Set "
                        + XDG_CACHE_HOME
                        + " to a folder with an absolute path."));
  }

  private static Optional<Path> absolute(@Nullable String text) {
    if (text == null) {
      return Optional.empty();
    }
    try {
      Path path = Path.of(text);
      return path.isAbsolute() ? Optional.of(path) : Optional.empty();
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  /** Makes the folder and those above it that are missing, for nobody but the user. */
  static void create(Path folder) throws IOException {
    Files.createDirectories(folder, privately(folder));
  }

  /** Makes a new folder inside the folder, for nobody but the user. */
  static Path createTemporary(Path folder, String prefix) throws IOException {
    return Files.createTempDirectory(folder, prefix, privately(folder));
  }

  private static FileAttribute<?>[] privately(Path folder) {
    return folder.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
        }
        : new FileAttribute<?>[0];
  }
}
