package org.hlo4j.plugin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import org.hlo4j.error.PluginException;

/** Downloads wheels with the user's pip and its index, proxy and certificate settings. */
final class Pip {
  /** The usual commands for pip; the first that works is used. */
  static final List<List<String>> USUAL_COMMANDS =
      List.of(
          List.of("pip"),
          List.of("pip3"),
          List.of("python3", "-m", "pip"),
          List.of("python", "-m", "pip"));

  // The wheels are for any Python 3 on Linux x86-64. With explicit tags, a pip that runs on an
  // older Python, or does not know the tag, accepts them too.
  private static final List<String> TARGET =
      List.of(
          "--platform=manylinux_2_27_x86_64",
          "--python-version=3.12",
          "--implementation=py",
          "--abi=none");

  private static final int LINES_SHOWN = 12;

  private final List<List<String>> commands;

  Pip(List<List<String>> commands) {
    this.commands = commands;
  }

  /**
   * Downloads the wheel, using only the given empty folder.
   *
   * @return the wheel's file
   * @throws PluginException if pip is missing or fails; the message contains its output
   */
  Path download(Wheel wheel, Path folder) throws IOException, InterruptedException {
    List<String> pip = findPip(folder);
    Path requirements = folder.resolve("requirements.txt");
    Files.writeString(requirements, wheel.requirement() + "\n", StandardCharsets.UTF_8);
    Path downloads = Files.createDirectory(folder.resolve("downloads"));

    List<String> command = new ArrayList<>(pip);
    command.addAll(
        List.of("download", "--no-deps", "--only-binary=:all:", "--require-hashes", "--no-input"));
    command.addAll(List.of("--progress-bar=off", "--disable-pip-version-check"));
    command.addAll(TARGET);
    command.addAll(List.of("--requirement", requirements.toString()));
    command.addAll(List.of("--dest", downloads.toString()));
    Path output = folder.resolve("pip.log");
    int status = run(command, folder, output);
    if (status != 0) {
      throw new PluginException(
          ("Fetching the PJRT plugin %s failed: %s ended with status %s."
                  + " The end of its output:\n%s\n%s")
              .formatted(
                  wheel,
                  String.join(" ", pip),
                  status,
                  lastLines(output).indent(4).stripTrailing(),
                  Advice.oneOf(
                      "check that pip can reach its package index (its proxy, index and certificate"
                          + " settings apply) and try again",
                      Advice.SET_VARIABLE)));
    }
    return onlyWheel(downloads, wheel);
  }

  private List<String> findPip(Path folder) throws IOException, InterruptedException {
    List<String> tried = new ArrayList<>();
    for (List<String> command : commands) {
      String name = String.join(" ", command);
      List<String> question = new ArrayList<>(command);
      question.add("--version");
      Path output = folder.resolve("pip-version.log");
      try {
        int status = run(question, folder, output);
        if (status == 0) {
          return command;
        }
        // A launcher may exist without pip itself.
        tried.add(name + " (status " + status + ")");
      } catch (IOException e) {
        // The command does not exist.
        tried.add(name + " (not found)");
      }
    }
    throw new PluginException(
        "Fetching the PJRT plugin requires pip, which was not found on the PATH. Tried: "
            + String.join(", ", tried)
            + ".\n"
            + Advice.oneOf(Advice.INSTALL_PIP, Advice.SET_VARIABLE));
  }

  private static int run(List<String> command, Path folder, Path output)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    // Files left behind by a killed pip are deleted with the folder.
    builder.environment().put("TMPDIR", folder.toString());
    Process process = builder.start();
    try {
      process.getOutputStream().close();
      return process.waitFor();
    } finally {
      kill(process);
    }
  }

  /** Kills the process and its descendants if it still runs, which it does after an interrupt. */
  private static void kill(Process process) {
    if (process.isAlive()) {
      List<ProcessHandle> children = process.descendants().toList();
      process.destroyForcibly();
      children.forEach(ProcessHandle::destroyForcibly);
      process.onExit().join();
    }
  }

  private static String lastLines(Path output) throws IOException {
    // Decoded leniently: pip's output need not be valid UTF-8.
    String text = new String(Files.readAllBytes(output), StandardCharsets.UTF_8);
    List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
    return lines.stream()
        .skip(Math.max(0, lines.size() - LINES_SHOWN))
        .collect(Collectors.joining("\n"));
  }

  private static Path onlyWheel(Path downloads, Wheel wheel) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(downloads, "*.whl")) {
      Iterator<Path> wheels = files.iterator();
      if (wheels.hasNext()) {
        Path found = wheels.next();
        if (!wheels.hasNext()) {
          return found;
        }
      }
    }
    throw new PluginException(
        "Fetching the PJRT plugin " + wheel + " failed: pip downloaded no wheel, or several.");
  }
}
