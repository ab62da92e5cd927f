package org.hlo4j.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.hlo4j.cli.plugins.Check;
import org.hlo4j.cli.plugins.Check.Status;
import org.hlo4j.cli.plugins.Probe;
import org.hlo4j.plugin.PluginInventory;
import org.hlo4j.plugin.PluginInventory.Found;
import org.hlo4j.plugin.PluginLocation;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists the installed plugins, and tests each. */
@Command(
    name = "plugins",
    description = {
      "List the PJRT plugins that hlo4j finds, with their locations and versions, and run a program"
          + " on each, in a separate process.",
      "supported: the result was correct. unsupported: the library is not a plugin for this version"
          + " of hlo4j or this machine. failed: it could not be loaded, crashed, or returned a"
          + " wrong"
          + " result."
    },
    subcommands = InstallCommand.class,
    mixinStandardHelpOptions = true)
final class PluginsCommand implements Callable<Integer> {
  @Mixin private final Output output = new Output();

  @Option(names = "--no-check", description = "Only list the plugins; do not load them.")
  private boolean unchecked;

  @Override
  public Integer call() throws IOException {
    List<Found> found = PluginInventory.ofThisJvm();
    JsonArray answers = new JsonArray();
    boolean usable = false;
    for (Found plugin : found) {
      Check check = check(plugin);
      usable |= check.status() == Status.SUPPORTED || check.status() == Status.NOT_TRIED;
      if (output.isJson()) {
        answers.add(json(plugin, check));
      } else {
        print(plugin, check);
      }
    }
    if (output.isJson()) {
      output.print(answers);
    } else if (found.isEmpty()) {
      output.out().println("No plugin was found. hlo4j plugins install cpu downloads one.");
    }
    return usable ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private Check check(Found plugin) throws IOException {
    if (plugin.location().isEmpty()) {
      return Check.failed(plugin.problem());
    }
    if (unchecked) {
      return new Check(Status.NOT_TRIED, Map.of(), "");
    }
    Path library = plugin.location().get().library();
    return output.showing("testing " + plugin.name(), progress -> Probe.usual().check(library));
  }

  private void print(Found plugin, Check check) {
    output.out().printf("%-11s %s%n", check.status(), plugin.name());
    plugin.location().ifPresent(location -> detail("at " + location.library()));
    detail("found by " + plugin.origin());
    Map<String, String> facts = check.facts();
    if (facts.containsKey("platform")) {
      detail(
          "%s, %s devices, PJRT C API %s"
              .formatted(facts.get("platform"), facts.get("devices"), facts.get("api")));
      detail(String.valueOf(facts.get("version")).replace("\n", "; "));
    }
    if (!check.problem().isEmpty()) {
      detail(check.problem().replace("\n", "\n            "));
    }
    defect(plugin).ifPresent(defect -> detail("note: " + defect));
  }

  private void detail(String text) {
    output.out().println("            " + text);
  }

  private static Optional<String> defect(Found plugin) {
    return plugin.location().flatMap(PluginLocation::defect);
  }

  private JsonObject json(Found plugin, Check check) {
    JsonObject json = new JsonObject();
    json.addProperty("name", plugin.name());
    json.addProperty("origin", plugin.origin().name().toLowerCase(Locale.ROOT));
    plugin
        .location()
        .ifPresent(location -> json.addProperty("library", location.library().toString()));
    json.addProperty("status", check.status().toString());
    check.facts().forEach(json::addProperty);
    json.addProperty("problem", check.problem());
    defect(plugin).ifPresent(defect -> json.addProperty("defect", defect));
    return json;
  }
}
