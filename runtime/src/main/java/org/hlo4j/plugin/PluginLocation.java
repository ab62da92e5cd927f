package org.hlo4j.plugin;

import java.nio.file.Path;
import java.util.Optional;
import org.hlo4j.error.PluginException;

/**
 * Where a plugin was found. Immutable.
 *
 * @param name what the plugin goes by: the name in the variable that names it, the platform of a
 *     JAX plugin, the project of a published plugin, or else the library's file name
 * @param library the plugin's shared library, as an absolute path without links
 * @param origin what led to it
 */
public record PluginLocation(String name, Path library, Origin origin) {

  /** What leads to a plugin, in the order in which they are asked. */
  public enum Origin {
    /** The path that the program gave. */
    EXPLICIT_PATH("the path given in code"),
    /** The system property {@code hlo4j.plugin}. */
    PROPERTY("-D" + PluginLocator.PROPERTY),
    /** The variable {@code PJRT_PLUGIN_LIBRARY_PATH}. */
    LIBRARY_PATH_VARIABLE(PluginLocator.LIBRARY_PATH),
    /** The variable {@code PJRT_NAMES_AND_LIBRARY_PATHS}. */
    NAMES_VARIABLE(PluginLocator.NAMES_AND_LIBRARY_PATHS),
    /** The CPU plugin that the artifact {@code hlo4j-plugin-cpu} contains. */
    CLASS_PATH("the class path"),
    /** The wheel of a JAX plugin in the active Python environment. */
    PYTHON_ENVIRONMENT("the active Python environment"),
    /** A published plugin that was in the cache folder of the user. */
    CACHE("the cache folder"),
    /** A published plugin that was downloaded just now. */
    DOWNLOAD("a download");

    private final String description;

    Origin(String description) {
      this.description = description;
    }

    /** The origin as a phrase for messages. */
    @Override
    public String toString() {
      return description;
    }
  }

  /** What is known to be wrong with the plugin, as the end of a sentence about it. */
  public Optional<String> defect() {
    return PublishedPlugin.defectOf(library);
  }

  /**
   * What tells the library from any other, wherever it lies; see {@link PluginFingerprint}.
   *
   * @throws PluginException if the library cannot be read
   */
  public String fingerprint() {
    return PluginFingerprint.of(library);
  }

  @Override
  public String toString() {
    return "plugin " + name + " at " + library + " (from " + origin + ")";
  }
}
