package org.hlo4j.cli;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import javax.lang.model.SourceVersion;
import org.hlo4j.cli.init.InterfaceDesign;
import org.hlo4j.cli.init.InterfaceSource;
import org.hlo4j.cli.init.ProgramFile;
import org.hlo4j.cli.init.Project;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Generates the annotated interface of programs. */
@Command(
    name = "init",
    description =
        "Generate the tensor types, records and annotated interface of StableHLO programs.",
    mixinStandardHelpOptions = true)
final class InitCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Mixin private final Output output = new Output();
  @Mixin private final Programs programs = new Programs();

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "Programs: MLIR text or portable bytecode. Each becomes a method.")
  private List<Path> files = List.of();

  @Option(
      names = {"-p", "--package"},
      required = true,
      paramLabel = "NAME",
      description = "The package of the interface.")
  private String packageName = "";

  @Option(
      names = {"-n", "--name"},
      paramLabel = "NAME",
      description =
          "The name of the interface. Default: the name of the file, or of the package if there are"
              + " several files.")
  private @Nullable String name;

  @Option(
      names = {"-d", "--dir"},
      paramLabel = "FOLDER",
      description = "The folder of the project. Default: the current folder.")
  private Path folder = Path.of("");

  @Option(
      names = "--sources",
      paramLabel = "FOLDER",
      description = "The project's source folder. Default: ${DEFAULT-VALUE}.")
  private Path sources = Path.of("src", "main", "java");

  @Option(
      names = "--resources",
      paramLabel = "FOLDER",
      description = "The project's resource folder. Default: ${DEFAULT-VALUE}.")
  private Path resources = Path.of("src", "main", "resources");

  @Option(
      names = "--refs",
      description = {
        "Generate variables (Ref) for donated inputs that outputs replace. A kernel updates them",
        "while other kernels read them, from any thread."
      })
  private boolean refs;

  @Option(names = "--pom", description = "Also write a pom.xml if there is none.")
  private boolean pom;

  @Option(names = "--force", description = "Overwrite existing files.")
  private boolean force;

  @Option(names = "--print", description = "Print the interface and write nothing.")
  private boolean print;

  @Override
  public Integer call() throws IOException {
    checkNames();
    List<ProgramFile> read = new ArrayList<>();
    for (Path file : files) {
      read.add(programs.read(file, output));
    }
    InterfaceDesign design = InterfaceDesign.of(packageName, Optional.ofNullable(name), read, refs);
    if (print) {
      output.out().print(InterfaceSource.of(design));
      output.out().flush();
      return ExitCode.OK;
    }
    Project project = new Project(folder, sources, resources);
    List<Path> written = new ArrayList<>(project.write(design, force));
    if (pom) {
      project.writePom(packageName, Version.current()).ifPresent(written::add);
    }
    tell(design, project, written, read);
    return ExitCode.OK;
  }

  private void checkNames() {
    if (!SourceVersion.isName(packageName)) {
      throw wrong("'%s' is not a valid package name".formatted(packageName));
    }
    if (name != null && (!SourceVersion.isIdentifier(name) || SourceVersion.isKeyword(name))) {
      throw wrong("'%s' is not a valid interface name".formatted(name));
    }
  }

  private ParameterException wrong(String problem) {
    CommandSpec known = Objects.requireNonNull(spec);
    return new ParameterException(known.commandLine(), problem);
  }

  private void tell(
      InterfaceDesign design, Project project, List<Path> written, List<ProgramFile> read) {
    if (output.isJson()) {
      JsonObject answer = new JsonObject();
      answer.addProperty("interface", packageName + "." + design.name());
      answer.add("written", Output.array(written.stream()));
      output.print(answer);
      return;
    }
    written.forEach(path -> output.out().println("wrote " + path));
    read.stream().filter(ProgramFile::hasNumberedInputs).forEach(this::tellOfNames);
    output.out().println();
    output.out().println(nextSteps(design, project.hasBuild()));
  }

  private void tellOfNames(ProgramFile file) {
    output
        .out()
        .printf(
            "%n%s does not contain the names of its inputs. Export it with jax.export and"
                + " mlir_module(),%n"
                + "or with lowered.as_text(debug_info=True), to get the names of your Python"
                + " code.%n",
            file.name());
  }

  /** Returns instructions for using the generated interface. */
  private static String nextSteps(InterfaceDesign design, boolean hasBuild) {
    String start =
        design.isSharded()
            ? """
            try (Pjrt client = Pjrt.builder().cpuDevices(%2$d).open()) {
              %1$s kernels = %1$sKernels.sync(client.group(%2$d));
            }
            """
            : """
            try (Pjrt client = Pjrt.builder().allowDownload().open()) {
              %1$s kernels = %1$sKernels.sync(client.device());
            }
            """;
    String build =
        hasBuild ? "" : "This folder has no build file: --pom writes a pom.xml.%n".formatted();
    return build
        + "Compile the interface, which generates %1$sAsync and %1$sKernels. Then:%n%n"
            .formatted(design.name())
        + String.format(Locale.ROOT, start, design.name(), design.devices())
            .indent(4)
            .stripTrailing();
  }
}
