package org.hlo4j.plugin;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hlo4j.error.PluginException;
import org.hlo4j.plugin.PluginLocation.Origin;
import org.jspecify.annotations.Nullable;

/**
 * Finds the plugin to use. The search order is: the path in the request; the system property {@code
 * hlo4j.plugin}; {@code PJRT_PLUGIN_LIBRARY_PATH}; {@code PJRT_NAMES_AND_LIBRARY_PATHS}; the CPU
 * plugin on the class path, which the artifact {@code hlo4j-plugin-cpu} contains; the JAX plugins
 * of the Python environment in {@code VIRTUAL_ENV} or {@code CONDA_PREFIX}; the cache folder; and,
 * only if the request or the system property {@code hlo4j.download} allows it, a download.
 *
 * <p>Immutable; safe for use by multiple threads, which share a download.
 */
public final class PluginLocator {
  /** The system property with the path of a plugin, or the name of a published one. */
  static final String PROPERTY = "hlo4j.plugin";

  static final String LIBRARY_PATH = "PJRT_PLUGIN_LIBRARY_PATH";

  /** The variable with paths of plugins by name, in JAX's format. */
  static final String NAMES_AND_LIBRARY_PATHS = "PJRT_NAMES_AND_LIBRARY_PATHS";

  /** The variables with the folder of an active Python environment. */
  static final List<String> PYTHON_ENVIRONMENTS = List.of("VIRTUAL_ENV", "CONDA_PREFIX");

  private final HostEnvironment host;
  private final PluginFetcher fetcher;

  PluginLocator(HostEnvironment host, PluginFetcher fetcher) {
    this.host = host;
    this.fetcher = fetcher;
  }

  /** Returns a locator for the current environment and system properties. */
  public static PluginLocator ofThisJvm() {
    HostEnvironment host = HostEnvironment.ofThisJvm();
    return new PluginLocator(host, new PluginFetcher(host, new Pip(Pip.USUAL_COMMANDS)));
  }

  /**
   * Finds a plugin. Blocks while a download runs; an interrupt ends it, and leaves the thread
   * interrupted.
   *
   * @throws PluginException if there is none, with the places searched and a suggested fix; if a
   *     specified path is not a file; or if a download fails
   */
  public PluginLocation locate(PluginRequest request) {
    Path explicit = request.library();
    if (explicit != null) {
      return at(explicit.toString(), "The program", null, Origin.EXPLICIT_PATH);
    }
    SearchReport report = new SearchReport();
    report.add(Origin.EXPLICIT_PATH.toString(), "none");
    PublishedPlugin published = request.published();
    if (published != null) {
      return inCacheOrDownloaded(published, request, report).orElseThrow(report::nothingFound);
    }
    return byProperty(request, report)
        .or(() -> byLibraryPath(report))
        .or(() -> byName(request, report))
        .or(() -> onClassPath(request, report))
        .or(() -> inPythonEnvironment(request, report))
        .or(() -> cpuPlugin(request, report))
        .orElseThrow(report::nothingFound);
  }

  private Optional<PluginLocation> byProperty(PluginRequest request, SearchReport report) {
    String value = host.property(PROPERTY);
    if (value.isEmpty()) {
      report.add("-D" + PROPERTY, "not set");
      return Optional.empty();
    }
    if (value.contains("/") || value.contains("\\")) {
      return Optional.of(at(value, "-D" + PROPERTY, null, Origin.PROPERTY));
    }
    return Optional.of(
        inCacheOrDownloaded(published(value), request, report).orElseThrow(report::nothingFound));
  }

  /** Returns the plugin that the property names. */
  static PublishedPlugin published(String name) {
    try {
      return PublishedPlugin.named(name);
    } catch (PluginException e) {
      throw new PluginException(
          "-D%s must be a path with a /, or a plugin's name, not '%s'. %s"
              .formatted(PROPERTY, name, e.getMessage()),
          e);
    }
  }

  private Optional<PluginLocation> byLibraryPath(SearchReport report) {
    String path = host.variable(LIBRARY_PATH);
    if (path == null) {
      report.add(LIBRARY_PATH, "not set");
      return Optional.empty();
    }
    return Optional.of(at(path, LIBRARY_PATH, null, Origin.LIBRARY_PATH_VARIABLE));
  }

  private Optional<PluginLocation> byName(PluginRequest request, SearchReport report) {
    String value = host.variable(NAMES_AND_LIBRARY_PATHS);
    if (value == null) {
      report.add(NAMES_AND_LIBRARY_PATHS, "not set");
      return Optional.empty();
    }
    Map<String, String> libraries = NamedLibraries.parse(value);
    for (Map.Entry<String, String> entry : libraries.entrySet()) {
      String name = entry.getKey();
      if (Platform.matches(request.platform(), name)) {
        return Optional.of(
            at(entry.getValue(), NAMES_AND_LIBRARY_PATHS, name, Origin.NAMES_VARIABLE));
      }
    }
    report.add(
        NAMES_AND_LIBRARY_PATHS, none(request.platform(), libraries.keySet().stream().toList()));
    return Optional.empty();
  }

  private Optional<PluginLocation> onClassPath(PluginRequest request, SearchReport report) {
    Wheel wheel = PublishedPlugin.CPU.wheel();
    if (!fetcher.isBundled(wheel)) {
      report.add("the class path", "no hlo4j-plugin-cpu");
      return Optional.empty();
    }
    if (!host.isLinuxX64() || !Platform.matches(request.platform(), Platform.CPU)) {
      report.add("the class path", "hlo4j-plugin-cpu, which is for cpu on Linux x86-64 only");
      return Optional.empty();
    }
    Path library = fetcher.fetch(wheel, request.progress(), request.downloaded());
    return Optional.of(published(PublishedPlugin.CPU, library, Origin.CLASS_PATH));
  }

  private Optional<PluginLocation> inPythonEnvironment(PluginRequest request, SearchReport report) {
    for (String variable : PYTHON_ENVIRONMENTS) {
      String root = host.variable(variable);
      if (root == null) {
        report.add(variable, "not set");
        continue;
      }
      List<PythonEnvironment.Found> plugins = pluginsOf(variable, root);
      for (PythonEnvironment.Found found : plugins) {
        if (Platform.matches(request.platform(), found.platform())) {
          return Optional.of(
              at(
                  found.library().toString(),
                  variable,
                  found.platform(),
                  Origin.PYTHON_ENVIRONMENT));
        }
      }
      report.add(
          variable + " (" + root + ")",
          none(
              request.platform(),
              plugins.stream().map(PythonEnvironment.Found::platform).toList()));
    }
    return Optional.empty();
  }

  private static List<PythonEnvironment.Found> pluginsOf(String variable, String root) {
    try {
      return PythonEnvironment.plugins(root);
    } catch (IOException e) {
      throw new PluginException(
          "The Python environment %s that %s names cannot be read: %s".formatted(root, variable, e),
          e);
    }
  }

  private static String none(@Nullable String platform, List<String> names) {
    if (names.isEmpty()) {
      return "no plugin";
    }
    return "no plugin for "
        + platform
        + ", only for "
        + names.stream().distinct().collect(Collectors.joining(", "));
  }

  private Optional<PluginLocation> cpuPlugin(PluginRequest request, SearchReport report) {
    if (!Platform.matches(request.platform(), Platform.CPU)) {
      report.add("the cache folder", "skipped: it only has plugins for cpu");
      report.advise(Advice.SET_VARIABLE, Advice.ACTIVATE_JAX);
      return Optional.empty();
    }
    return inCacheOrDownloaded(PublishedPlugin.CPU, request, report);
  }

  private Optional<PluginLocation> inCacheOrDownloaded(
      PublishedPlugin plugin, PluginRequest request, SearchReport report) {
    CachedPlugin cached;
    try {
      fetcher.requireSupportedMachine();
      cached = fetcher.cached(plugin.wheel());
    } catch (PluginException e) {
      report.add("the cache folder", String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
      report.advise(Advice.SET_VARIABLE, Advice.ACTIVATE_JAX);
      return Optional.empty();
    }
    String problem = cached.problem();
    if (problem == null) {
      return Optional.of(published(plugin, cached.library(), Origin.CACHE));
    }
    boolean isBundled = fetcher.isBundled(plugin.wheel());
    if (isBundled || request.downloadAllowed() || host.allowsDownload()) {
      Path library = fetcher.fetch(plugin.wheel(), request.progress(), request.downloaded());
      return Optional.of(
          published(plugin, library, isBundled ? Origin.CLASS_PATH : Origin.DOWNLOAD));
    }
    report.add("the cache folder", cached.folder() + " " + problem);
    report.add("the download", "not allowed");
    report.advise(
        Advice.ADD_DEPENDENCY, Advice.ALLOW_DOWNLOAD, Advice.SET_VARIABLE, Advice.ACTIVATE_JAX);
    return Optional.empty();
  }

  private static PluginLocation published(PublishedPlugin plugin, Path library, Origin origin) {
    return at(library.toString(), "The cache folder", plugin.project(), origin);
  }

  /** Returns the plugin at a specified path; its default name is that of the file. */
  static PluginLocation at(String path, String source, @Nullable String name, Origin origin) {
    Path library = LibraryFile.check(source, path);
    return new PluginLocation(
        name == null ? String.valueOf(library.getFileName()) : name, library, origin);
  }
}
