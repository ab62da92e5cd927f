package org.hlo4j.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The output of a command, as text or as JSON. */
final class Output {
  static final Gson GSON =
      new GsonBuilder()
          .setPrettyPrinting()
          .disableHtmlEscaping()
          .serializeNulls()
          .serializeSpecialFloatingPointValues()
          .create();

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  @Option(names = "--json", description = "Print JSON, for scripts.")
  private boolean json;

  boolean isJson() {
    return json;
  }

  /** Standard output. */
  PrintWriter out() {
    return Objects.requireNonNull(command).commandLine().getOut();
  }

  /** Standard error, for problems and progress. */
  PrintWriter err() {
    return Objects.requireNonNull(command).commandLine().getErr();
  }

  static JsonArray array(Stream<?> things) {
    JsonArray array = new JsonArray();
    things.forEach(thing -> array.add(thing.toString()));
    return array;
  }

  void print(JsonElement answer) {
    out().println(GSON.toJson(answer));
  }

  /** A task that takes time and may throw a checked exception. */
  interface Work<T, E extends Exception> {
    T run(Progress progress) throws E;
  }

  /** Runs a task, and shows its progress if standard error is a terminal. */
  <T, E extends Exception> T showing(String what, Work<T, E> work) throws E {
    Progress progress = new Progress(err(), what, !json && Progress.isSeen());
    try {
      return work.run(progress);
    } finally {
      progress.end();
    }
  }
}
