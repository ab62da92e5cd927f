package org.hlo4j.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.hlo4j.cli.doctor.Checkup;
import org.hlo4j.cli.doctor.Diagnosis;
import org.hlo4j.cli.doctor.Tool;
import org.hlo4j.cli.plugins.Probe;
import org.hlo4j.plugin.PluginInventory;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;

/** Checks the requirements of hlo4j on this machine. */
@Command(
    name = "doctor",
    description = {
      "Check the JDKs, Maven, the plugin, native access and the cache folder of this machine.",
      "The exit status is 1 if programs cannot run."
    },
    mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
  @Mixin private final Output output = new Output();

  @Override
  public Integer call() throws IOException {
    Checkup checkup = new Checkup(Tool.ofThisMachine(), PluginInventory.ofThisJvm());
    List<Diagnosis> all =
        output.showing(
            "checking", progress -> checkup.diagnose(library -> Probe.usual().check(library)));
    if (output.isJson()) {
      JsonArray answer = new JsonArray();
      all.forEach(diagnosis -> answer.add(json(diagnosis)));
      output.print(answer);
    } else {
      all.forEach(this::print);
    }
    boolean hasFailed =
        all.stream().anyMatch(diagnosis -> diagnosis.status() == Diagnosis.Status.FAILED);
    return hasFailed ? ExitCode.SOFTWARE : ExitCode.OK;
  }

  private void print(Diagnosis diagnosis) {
    output.out().printf("%-8s %s: %s%n", diagnosis.status(), diagnosis.what(), diagnosis.found());
    if (!diagnosis.remedy().isEmpty()) {
      output.out().printf("%-8s %s%n", "", diagnosis.remedy());
    }
  }

  private static JsonObject json(Diagnosis diagnosis) {
    JsonObject json = new JsonObject();
    json.addProperty("what", diagnosis.what());
    json.addProperty("status", diagnosis.status().toString());
    json.addProperty("found", diagnosis.found());
    json.addProperty("remedy", diagnosis.remedy());
    return json;
  }
}
