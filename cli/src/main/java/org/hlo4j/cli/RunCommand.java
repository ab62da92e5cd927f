package org.hlo4j.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.hlo4j.HostTensor;
import org.hlo4j.Pjrt;
import org.hlo4j.Program;
import org.hlo4j.cli.run.Fill;
import org.hlo4j.cli.run.Inputs;
import org.hlo4j.cli.run.Outputs;
import org.hlo4j.cli.run.Runner;
import org.hlo4j.cli.run.Runner.Result;
import org.hlo4j.cli.run.Timing;
import org.hlo4j.error.ArgumentException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a program on data in files. */
@Command(
    name = "run",
    description = {
      "Run a StableHLO program on data in files.",
      "A program for several devices runs on that many CPU devices."
    },
    mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
  @Mixin private final Output output = new Output();
  @Mixin private final Programs programs = new Programs();

  @Parameters(paramLabel = "FILE", description = "The program: MLIR text or portable bytecode.")
  private Path file = Path.of("");

  @Option(
      names = {"-i", "--in"},
      arity = "1..*",
      paramLabel = "[NAME=]FILE",
      description = {
        "Input files: an .npy or an image for the named or the next input;",
        "an .npz or .safetensors whose tensors have the names of inputs."
      })
  private List<String> inputs = List.of();

  @Option(
      names = {"-o", "--out"},
      arity = "1..*",
      paramLabel = "FILE",
      description = {
        "Output files: an .npy or .png per output, in order, or one .npz or .safetensors for all.",
        "Default: the outputs are printed."
      })
  private List<Path> outputs = List.of();

  @Option(
      names = "--fill",
      paramLabel = "HOW",
      description = "Generate the remaining inputs: ${COMPLETION-CANDIDATES}.")
  private @Nullable Fill fill;

  @Option(
      names = "--repeat",
      paramLabel = "N",
      defaultValue = "0",
      description = "Run the program N more times and print how long that took.")
  private int repeat;

  @Override
  public Integer call() throws IOException {
    if (repeat < 0) {
      throw new ArgumentException("--repeat must not be negative: " + repeat);
    }
    Program program = programs.read(file, output).program();
    Outputs.check(outputs, program.outputs().size());
    List<HostTensor<?>> tensors = Inputs.read(program.inputs(), inputs, Optional.ofNullable(fill));
    try (Pjrt client = Programs.client(program)) {
      Runner runner =
          output.showing("compiling " + file, progress -> Runner.of(client, program, tensors));
      List<Result> results = output.showing("running " + file, progress -> runner.results());
      Outputs.write(outputs, results);
      Optional<Timing> timing =
          repeat > 0 ? Optional.of(Timing.of(runner, repeat)) : Optional.empty();
      if (output.isJson()) {
        output.print(json(results, timing));
      } else {
        print(results, timing);
      }
    }
    return ExitCode.OK;
  }

  private void print(List<Result> results, Optional<Timing> timing) {
    for (Result result : outputs.isEmpty() ? results : List.<Result>of()) {
      output.out().println(result.name());
      output.out().println(result.text().indent(2).stripTrailing());
    }
    outputs.forEach(path -> output.out().println("wrote " + path));
    timing.ifPresent(took -> output.out().println(took));
  }

  private JsonObject json(List<Result> results, Optional<Timing> timing) {
    JsonArray all = new JsonArray();
    for (Result result : results) {
      JsonObject json = new JsonObject();
      json.addProperty("name", result.name());
      json.addProperty("type", result.tensor().shape().toString());
      if (outputs.isEmpty()) {
        json.add("values", Output.GSON.toJsonTree(result.tensor().toArray()));
      }
      all.add(json);
    }
    JsonObject answer = new JsonObject();
    answer.add("outputs", all);
    answer.add("written", Output.array(outputs.stream()));
    timing.ifPresent(took -> answer.add("milliseconds", Output.GSON.toJsonTree(took)));
    return answer;
  }
}
