package org.hlo4j.internal.pjrt;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.hlo4j.error.PluginException;

/** The loaded plugins of this JVM: each library is loaded once, and failures are not kept. */
final class Plugins {
  private static final Map<Path, Api> LOADED = new HashMap<>();

  private Plugins() {}

  /** Returns the functions of a plugin, loading it if necessary. */
  static synchronized Api api(Path library) {
    return LOADED.computeIfAbsent(realPath(library), Api::load);
  }

  private static Path realPath(Path library) {
    try {
      return library.toRealPath();
    } catch (IOException e) {
      throw new PluginException("There is no plugin at " + library, e);
    }
  }
}
