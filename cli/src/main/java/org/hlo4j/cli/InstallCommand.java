package org.hlo4j.cli;

import com.google.gson.JsonObject;
import java.util.concurrent.Callable;
import org.hlo4j.plugin.PluginLocation;
import org.hlo4j.plugin.PluginLocator;
import org.hlo4j.plugin.PluginRequest;
import org.hlo4j.plugin.PublishedPlugin;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Downloads a published plugin. */
@Command(
    name = "install",
    description =
        "Download a published CPU plugin with pip into the user's cache folder, pinned by version"
            + " and"
            + " SHA-256.",
    mixinStandardHelpOptions = true)
final class InstallCommand implements Callable<Integer> {
  @Mixin private final Output output = new Output();

  @Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      defaultValue = "cpu",
      description = "cpu, lammps-jax-cpu or xla-cpu-pjrt. Default: ${DEFAULT-VALUE}.")
  private String name = "";

  @Override
  public Integer call() {
    PublishedPlugin plugin = PublishedPlugin.named(name);
    PluginLocation location =
        output.showing(
            "downloading " + plugin.project(),
            progress ->
                PluginLocator.ofThisJvm()
                    .locate(
                        PluginRequest.any()
                            .withPublished(plugin)
                            .withDownloadAllowed(true)
                            .withDownloaded(bytes -> progress.bytes(bytes, plugin.wheelBytes()))));
    boolean isNew = location.origin() == PluginLocation.Origin.DOWNLOAD;
    if (output.isJson()) {
      JsonObject json = new JsonObject();
      json.addProperty("name", location.name());
      json.addProperty("version", plugin.version());
      json.addProperty("library", location.library().toString());
      json.addProperty("fetched", isNew);
      output.print(json);
    } else {
      String where = (isNew ? "installed at " : "already installed at ") + location.library();
      output.out().printf("%s %s %s%n", location.name(), plugin.version(), where);
    }
    return ExitCode.OK;
  }
}
