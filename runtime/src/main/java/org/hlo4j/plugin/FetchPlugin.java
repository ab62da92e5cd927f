package org.hlo4j.plugin;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.hlo4j.error.PluginException;

/**
 * Puts published plugins into the cache folder of the user; a build calls it before its tests.
 *
 * <p>{@code java -cp … org.hlo4j.plugin.FetchPlugin [cpu | lammps-jax-cpu | xla-cpu-pjrt]…}, where
 * no name means {@code cpu}. It says nothing where there is nothing to do: the plugin is there, or
 * {@code PJRT_PLUGIN_LIBRARY_PATH} names another one. Many threads and processes may do this at
 * once. {@code FetchPlugin --wheel FOLDER} puts the wheel of {@code cpu} into a folder instead, for
 * the artifact that contains it.
 */
public final class FetchPlugin {
  private FetchPlugin() {}

  /** Fetches the named plugins; ends the JVM with status 1, after a message, if that fails. */
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
