package org.hlo4j.plugin;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hlo4j.error.PluginException;
import org.hlo4j.plugin.PluginLocation.Origin;
import org.jspecify.annotations.Nullable;

/**
 * Lists all plugins named by the environment, the system properties and the cache folder, whereas
 * {@link PluginLocator} stops at the first usable one. Loads nothing.
 */
public final class PluginInventory {
  private final HostEnvironment host;
  private final List<Found> found = new ArrayList<>();

  private PluginInventory(HostEnvironment host) {
    this.host = host;
  }

  /**
   * A plugin that a setting names, or that is in the cache.
   *
   * @param name its name; the path as specified if that file does not exist
   * @param origin the setting or place
   * @param location its location; empty if there is no such file
   * @param problem why it has no location; empty if it has one
   */
  public record Found(
      String name, Origin origin, Optional<PluginLocation> location, String problem) {}

  /** Returns the plugins for the current environment, in search order. */
  public static List<Found> ofThisJvm() {
    return of(HostEnvironment.ofThisJvm());
  }

  static List<Found> of(HostEnvironment host) {
    return new PluginInventory(host).list();
  }

  private List<Found> list() {
    addProperty();
    String path = host.variable(PluginLocator.LIBRARY_PATH);
    if (path != null) {
      add(path, PluginLocator.LIBRARY_PATH, null, Origin.LIBRARY_PATH_VARIABLE);
    }
    addNamed();
    for (String variable : PluginLocator.PYTHON_ENVIRONMENTS) {
      addEnvironment(variable);
    }
    addCached();
    return List.copyOf(found);
  }

  private void addProperty() {
    String value = host.property(PluginLocator.PROPERTY);
    if (value.contains("/") || value.contains("\\")) {
      add(value, "-D" + PluginLocator.PROPERTY, null, Origin.PROPERTY);
    } else if (!value.isEmpty()) {
      // Cached plugins are listed below; an unknown name would not be listed at all.
      try {
        PublishedPlugin unused = PluginLocator.published(value);
      } catch (PluginException e) {
        addProblem(value, Origin.PROPERTY, String.valueOf(e.getMessage()));
      }
    }
  }

  private void addNamed() {
    String value = host.variable(PluginLocator.NAMES_AND_LIBRARY_PATHS);
    if (value == null) {
      return;
    }
    try {
      for (Map.Entry<String, String> entry : NamedLibraries.parse(value).entrySet()) {
        add(
            entry.getValue(),
            PluginLocator.NAMES_AND_LIBRARY_PATHS,
            entry.getKey(),
            Origin.NAMES_VARIABLE);
      }
    } catch (PluginException e) {
      addProblem(value, Origin.NAMES_VARIABLE, String.valueOf(e.getMessage()));
    }
  }

  private void addEnvironment(String variable) {
    String root = host.variable(variable);
    if (root == null) {
      return;
    }
    try {
      for (PythonEnvironment.Found plugin : PythonEnvironment.plugins(root)) {
        add(plugin.library().toString(), variable, plugin.platform(), Origin.PYTHON_ENVIRONMENT);
      }
    } catch (IOException e) {
      addProblem(root, Origin.PYTHON_ENVIRONMENT, e.toString());
    }
  }

  private void addCached() {
    Path folder = CacheFolder.PLUGINS.of(host);
    for (PublishedPlugin plugin : PublishedPlugin.values()) {
      CachedPlugin cached = new CachedPlugin(folder, plugin.wheel());
      if (cached.isIntact()) {
        add(cached.library().toString(), "The cache folder", plugin.project(), Origin.CACHE);
      }
    }
  }

  private void add(String path, String source, @Nullable String name, Origin origin) {
    try {
      PluginLocation location = PluginLocator.at(path, source, name, origin);
      found.add(new Found(location.name(), origin, Optional.of(location), ""));
    } catch (PluginException e) {
      addProblem(name == null ? path : name, origin, String.valueOf(e.getMessage()));
    }
  }

  private void addProblem(String name, Origin origin, String problem) {
    found.add(new Found(name, origin, Optional.empty(), problem));
  }
}
