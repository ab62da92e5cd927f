package org.hlo4j.plugin;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * An unpacked plugin in the cache folder: the library, and a manifest that is written once the
 * library is complete. Validating it takes three system calls instead of hashing 274 MB.
 *
 * @param cache the folder of all plugins
 */
record CachedPlugin(Path cache, Wheel wheel) {
  private static final String MANIFEST = "manifest.properties";

  Path folder() {
    return cache.resolve(wheel.key());
  }

  Path library() {
    return folder().resolve(wheel.libraryFile());
  }

  Path lockFile() {
    return cache.resolve(wheel.key() + ".lock");
  }

  /** Returns the prefix of the temporary folders in which only this plugin is prepared. */
  String temporaryPrefix() {
    return ".fetch-" + wheel.key() + "-";
  }

  boolean isIntact() {
    return problem() == null;
  }

  /** Returns why the plugin cannot be used, as a predicate; null if it can. */
  @Nullable String problem() {
    if (!Files.exists(folder())) {
      return "does not exist";
    }
    try {
      Properties manifest = new Properties();
      try (Reader reader =
          Files.newBufferedReader(folder().resolve(MANIFEST), StandardCharsets.UTF_8)) {
        manifest.load(reader);
      }
      if (!wheel.sha256().equals(manifest.getProperty("wheel.sha256"))) {
        return "is damaged: its manifest is of another wheel";
      }
      String expected = manifest.getProperty("library.size", "unknown");
      String size = Long.toString(Files.size(library()));
      return size.equals(expected)
          ? null
          : "is damaged: " + library() + " has " + size + " of " + expected + " bytes";
    } catch (IOException | IllegalArgumentException e) {
      return "is damaged: " + e;
    }
  }

  /** Writes the manifest of a complete library in the given folder. */
  void writeManifest(Path prepared) throws IOException {
    String text =
        "wheel=%s==%s\nwheel.sha256=%s\nlibrary=%s\nlibrary.size=%s\n"
            .formatted(
                wheel.project(),
                wheel.version(),
                wheel.sha256(),
                wheel.libraryFile(),
                Files.size(prepared.resolve(wheel.libraryFile())));
    Files.writeString(prepared.resolve(MANIFEST), text, StandardCharsets.UTF_8);
  }
}
