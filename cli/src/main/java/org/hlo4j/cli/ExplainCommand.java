package org.hlo4j.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.hlo4j.ExecutableStatistics;
import org.hlo4j.Pjrt;
import org.hlo4j.cli.explain.Explanation;
import org.hlo4j.cli.explain.ExplanationJson;
import org.hlo4j.cli.explain.ExplanationText;
import org.hlo4j.cli.init.ProgramFile;
import org.hlo4j.error.PluginException;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Prints signatures, memory reuse, operation counts and memory use of programs. */
@Command(
    name = "explain",
    description = {
      "Print a program's signature, how it reuses the memory of its inputs, operation counts before"
          + " and after XLA's optimization, inserted copies, and memory use.",
      "Without a plugin, print only what the program itself states."
    },
    mixinStandardHelpOptions = true)
final class ExplainCommand implements Callable<Integer> {
  @Mixin private final Output output = new Output();
  @Mixin private final Programs programs = new Programs();

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "Programs: MLIR text or portable bytecode.")
  private List<Path> files = List.of();

  @Override
  public Integer call() throws IOException {
    JsonArray answers = new JsonArray();
    for (Path file : files) {
      ProgramFile program = programs.read(file, output);
      Explanation explanation = Explanation.of(program.program(), program.signature().isPresent());
      if (output.isJson()) {
        answers.add(json(file, explanation));
      } else {
        print(file, explanation);
      }
    }
    if (output.isJson()) {
      output.print(answers);
    }
    return ExitCode.OK;
  }

  private void print(Path file, Explanation explanation) {
    output.out().println(file);
    output.out().print(ExplanationText.beforeCompiling(explanation));
    output.out().flush();
    try (Pjrt client = client(explanation)) {
      String compiled = ExplanationText.afterCompiling(explanation, compile(client, explanation));
      output.out().printf("%n  compiled by the %s%n%s", client, compiled);
    } catch (PluginException e) {
      output.out().printf("%n  not compiled: %s%n", e.getMessage());
    }
  }

  private JsonObject json(Path file, Explanation explanation) {
    JsonObject json = ExplanationJson.beforeCompiling(explanation);
    json.addProperty("file", file.toString());
    try (Pjrt client = client(explanation)) {
      JsonObject compiled = ExplanationJson.afterCompiling(compile(client, explanation));
      compiled.addProperty("client", client.toString());
      json.add("compiled", compiled);
    } catch (PluginException e) {
      json.addProperty("notCompiled", e.getMessage());
    }
    return json;
  }

  private ExecutableStatistics compile(Pjrt client, Explanation explanation) {
    return output.showing(
        "compiling " + explanation.program().name(), progress -> explanation.compiledBy(client));
  }

  private static Pjrt client(Explanation explanation) {
    return Programs.client(explanation.program());
  }
}
