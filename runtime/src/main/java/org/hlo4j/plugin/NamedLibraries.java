package org.hlo4j.plugin;

import java.io.File;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hlo4j.error.PluginException;

/**
 * Parses {@code PJRT_NAMES_AND_LIBRARY_PATHS} in JAX's format: {@code name1:path1,name2:path2},
 * with semicolons instead of colons on Windows.
 */
final class NamedLibraries {
  private NamedLibraries() {}

  /** Returns the paths by name, in order; of duplicate names the last counts, as in JAX. */
  static Map<String, String> parse(String value) {
    Map<String, String> libraries = new LinkedHashMap<>();
    for (String entry : value.split(",", -1)) {
      if (entry.isBlank()) {
        continue;
      }
      int separator = entry.indexOf(File.pathSeparatorChar);
      String name = separator < 0 ? "" : entry.substring(0, separator).strip();
      String path = entry.substring(separator + 1).strip();
      if (name.isEmpty() || path.isEmpty()) {
        throw new PluginException(
            ("%s has the entry \"%s\", which is not of the form name%spath." + " The format is %s.")
                .formatted(
                    PluginLocator.NAMES_AND_LIBRARY_PATHS,
                    entry,
                    File.pathSeparator,
                    "name1:path1,name2:path2".replace(':', File.pathSeparatorChar)));
      }
      if (path.endsWith(".json")) {
        throw new PluginException(
            ("%s names the file \"%s\" for %s. JAX reads such a file; here the entry must name the"
                    + " shared library itself, and options go to Pjrt.builder().")
                .formatted(PluginLocator.NAMES_AND_LIBRARY_PATHS, path, name));
      }
      libraries.put(name, path);
    }
    return libraries;
  }
}
