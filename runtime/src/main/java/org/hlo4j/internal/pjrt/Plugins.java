package org.hlo4j.internal.pjrt;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.hlo4j.error.PluginException;

/**
 * The plugins that this JVM has loaded: each library is loaded once, and only a success is kept.
 */
final class Plugins {
  private static final Map<Path, Api> LOADED = new HashMap<>();

  private Plugins() {}

  /** The functions of a plugin, loaded now if it has not been. */
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
