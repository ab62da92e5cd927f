package org.hlo4j.plugin;

import java.io.PrintStream;
import java.util.List;
import org.hlo4j.error.PluginException;

/**
 * Installs published plugins in the user's cache folder; a build calls it before its tests.
 *
 * <p>{@code java -cp … org.hlo4j.plugin.FetchPlugin [cpu | lammps-jax-cpu | xla-cpu-pjrt]…}
 * installs {@code cpu} by default. It prints nothing if the plugin is installed, or {@code
 * PJRT_PLUGIN_LIBRARY_PATH} names another one. Safe for concurrent use by several threads and
 * processes.
 */
public final class FetchPlugin {
  private FetchPlugin() {}

  /** Installs the named plugins; on failure, prints a message and exits with status 1. */
  public static void main(String[] args) {
    HostEnvironment host = HostEnvironment.ofThisJvm();
    Pip pip = new Pip(Pip.USUAL_COMMANDS);
    int status = run(List.of(args), host, pip, System.out, System.err);
    if (status != 0) {
      System.exit(status);
    }
  }

  static int run(
      List<String> names, HostEnvironment host, Pip pip, PrintStream out, PrintStream err) {
    if (host.variable(PluginLocator.LIBRARY_PATH) != null) {
      return 0;
    }
    PluginFetcher fetcher = new PluginFetcher(host, pip);
    try {
      List<PublishedPlugin> plugins =
          names.isEmpty()
              ? List.of(PublishedPlugin.CPU)
              : names.stream().map(PublishedPlugin::named).toList();
      for (PublishedPlugin plugin : plugins) {
        fetcher.fetch(plugin.wheel(), out::println, bytes -> {});
      }
      return 0;
    } catch (PluginException e) {
      err.println(e.getMessage());
      return 1;
    }
  }
}
