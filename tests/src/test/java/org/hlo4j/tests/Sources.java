package org.hlo4j.tests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The Java sources of the project's modules. */
final class Sources {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  /** Benchmarks imitate work that takes time; they wait for nothing. */
  private static final String BENCHMARKS = "/bench/";

  /** This test names what it forbids. */
  private static final String RULES = "ArchitectureTest.java";

  private static final List<String> MODULES =
      List.of(
          "abi",
          "annotations",
          "runtime",
          "data",
          "processor",
          "maven-plugin",
          "cli",
          "examples",
          "tests");

  private Sources() {}

  /** The sources of all modules, with their tests. */
  static List<Path> all() throws IOException {
    List<Path> all = new ArrayList<>(main());
    all.addAll(tests());
    return all;
  }

  /** The sources of all modules, without their tests. */
  static List<Path> main() throws IOException {
    List<Path> sources = new ArrayList<>();
    for (String module : MODULES) {
      sources.addAll(main(module));
    }
    return sources;
  }

  /** The sources of a module, without its tests. */
  static List<Path> main(String module) throws IOException {
    return below(ROOT.resolve(module).resolve("src/main/java"));
  }

  /** The sources of the tests of all modules. */
  static List<Path> tests() throws IOException {
    List<Path> sources = new ArrayList<>();
    for (String module : MODULES) {
      sources.addAll(below(ROOT.resolve(module).resolve("src/test/java")));
    }
    sources.removeIf(source -> source.endsWith(RULES) || source.toString().contains(BENCHMARKS));
    return sources;
  }

  private static List<Path> below(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
  }

  /** The lines in which a pattern is found, each with its file and number. */
  static List<String> matches(List<Path> sources, String regex) throws IOException {
    Pattern pattern = Pattern.compile(regex);
    List<String> found = new ArrayList<>();
    for (Path source : sources) {
      int number = 0;
      for (String line : Files.readAllLines(source)) {
        number++;
        if (pattern.matcher(line).find()) {
          found.add(ROOT.relativize(source) + ":" + number + ": " + line.strip());
        }
      }
    }
    return found;
  }
}
