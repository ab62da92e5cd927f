package org.hlo4j.plugin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.hlo4j.error.PluginException;

/** Checks the path of a library, and reports problems in terms of the setting that specified it. */
final class LibraryFile {
  private LibraryFile() {}

  /**
   * Returns the real path of the library.
   *
   * @param source the setting that specified the path, as the subject of a sentence
   * @param text the path as specified
   * @throws PluginException if there is no such file, or it cannot be read
   */
  static Path check(String source, String text) {
    Path path;
    try {
      path = Path.of(text);
    } catch (InvalidPathException e) {
      throw refused(source, text, "is not a path: " + e.getReason());
    }
    if (!Files.exists(path)) {
      throw refused(source, text, "does not exist");
    }
    if (!Files.isRegularFile(path)) {
      throw refused(source, text, "is not a file");
    }
    if (!Files.isReadable(path)) {
      throw refused(source, text, "cannot be read by this user");
    }
    try {
      return path.toRealPath();
    } catch (IOException e) {
      throw refused(source, text, "cannot be resolved: " + e);
    }
  }

  private static PluginException refused(String source, String text, String why) {
    return new PluginException(
        "%s names the plugin \"%s\", which %s. It must be the shared library of a PJRT plugin."
            .formatted(source, text, why));
  }
}
