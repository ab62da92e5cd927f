package org.hlo4j.plugin;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.hlo4j.error.PluginException;

/**
 * Installs published plugins in the user's cache folder; a build calls it before its tests.
 *
 * <p>{@code java -cp … org.hlo4j.plugin.FetchPlugin [cpu | lammps-jax-cpu | xla-cpu-pjrt]…}
 * installs {@code cpu} by default. It prints nothing if the plugin is installed, or {@code
 * PJRT_PLUGIN_LIBRARY_PATH} names another one. {@code FetchPlugin --wheel FOLDER} copies the wheel
 * of {@code cpu} to a folder instead, for the artifact that contains it. Safe for concurrent use by
 * several threads and processes.
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
    PluginFetcher fetcher = new PluginFetcher(host, pip);
    try {
      if (names.size() == 2 && names.get(0).equals("--wheel")) {
        fetcher.download(PublishedPlugin.CPU.wheel(), Path.of(names.get(1)));
        return 0;
      }
      if (host.variable(PluginLocator.LIBRARY_PATH) != null) {
        return 0;
      }
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
