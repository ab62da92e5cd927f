package org.hlo4j.plugin;

import java.nio.file.Path;
import java.util.Optional;
import org.hlo4j.error.PluginException;

/**
 * The location of a plugin, and how it was found. Immutable.
 *
 * @param name the plugin's name: its name in the variable, the platform of a JAX plugin, the
 *     project of a published plugin, or else the library's file name
 * @param library the plugin's shared library, as an absolute path without symbolic links
 * @param origin the setting or place that led to it
 */
public record PluginLocation(String name, Path library, Origin origin) {

  /** The settings and places that lead to a plugin, in search order. */
  public enum Origin {
    /** The path passed by the program. */
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
    /** A published plugin that was in the user's cache folder. */
    CACHE("the cache folder"),
    /** A published plugin that was just downloaded. */
    DOWNLOAD("a download");

    private final String description;

    Origin(String description) {
      this.description = description;
    }

    /** Returns the origin as a phrase for messages. */
    @Override
    public String toString() {
      return description;
    }
  }

  /** Returns the known defect of the plugin, as a predicate. */
  public Optional<String> defect() {
    return PublishedPlugin.defectOf(library);
  }

  /**
   * Returns a fingerprint that identifies the library by content; see {@link PluginFingerprint}.
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
