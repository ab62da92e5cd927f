package org.hlo4j.tests.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hlo4j.cli.Hlo4j;
import picocli.CommandLine;

/** Checks the commands on pages, without running what would build all anew. */
final class ShellLines {
  /** Commands that are no part of this project, and why they are not run here. */
  private static final Map<String, String> OTHERS =
      Map.ofEntries(
          Map.entry("cd", "goes to another folder"),
          Map.entry("mkdir", "makes a folder"),
          Map.entry("git", "needs a repository elsewhere"),
          Map.entry("pip", "goes to the network"),
          Map.entry("pip3", "goes to the network"),
          Map.entry("python", "needs packages that a build does not"),
          Map.entry("python3", "needs packages that a build does not"),
          Map.entry("curl", "needs the server of an example"),
          Map.entry("java", "starts what a page has built"),
          Map.entry("javac", "compiles what a page has written"),
          Map.entry("jshell", "is started by an example"),
          Map.entry("jfr", "reads a recording that a page has made"),
          Map.entry("docker", "builds and runs a container"),
          Map.entry("gradle", "need not be installed"),
          Map.entry("export", "sets a variable"),
          Map.entry("source", "reads a completion into a shell"),
          Map.entry("alias", "names a command"),
          Map.entry("complete", "is a shell's own"));

  private static final Pattern PROFILE = Pattern.compile("-P(\\S+)");
  private static final Pattern PROJECTS = Pattern.compile("(?:-pl|--projects)\\s+(\\S+)");
  private static final Pattern EXAMPLE = Pattern.compile("-Dexample=(\\S+)");
  private static final Pattern ARGUMENTS = Pattern.compile("-Dhlo4j\\.args=\"([^\"]*)\"");
  private static final Pattern PROFILE_ID =
      Pattern.compile("<profile>(?:\\s|<!--.*?-->)*<id>([^<]+)", Pattern.DOTALL);
  private static final Pattern MODULE = Pattern.compile("<module>([^<]+)");

  private static final Pattern WORD = Pattern.compile("'[^']*'|\"[^\"]*\"|\\S+");

  private final Path root;
  private final Set<String> profiles = new TreeSet<>();
  private final Set<String> modules = new TreeSet<>();
  private final String examples;

  ShellLines(Path root) throws IOException {
    this.root = root;
    String parent = Files.readString(root.resolve("pom.xml"));
    MODULE.matcher(parent).results().forEach(found -> modules.add(found.group(1)));
    for (String module : modules) {
      addProfiles(Files.readString(root.resolve(module).resolve("pom.xml")));
    }
    addProfiles(parent);
    this.examples =
        Files.readString(root.resolve("examples/src/main/java/org/hlo4j/examples/Examples.java"));
  }

  private void addProfiles(String pom) {
    PROFILE_ID.matcher(pom).results().forEach(found -> profiles.add(found.group(1)));
  }

  /** What is wrong with the commands in a block. */
  List<String> problems(String block) {
    List<String> problems = new ArrayList<>();
    block
        .replace("\\\n", " ")
        .lines()
        .map(line -> line.replaceFirst("\\s+#.*$", "").replaceFirst("^\\s*\\$ ", "").strip())
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .flatMap(line -> Stream.of(line.split("&&|\\|(?!\\|)", -1)))
        .forEach(command -> problems.addAll(problemsOf(command.strip())));
    return problems;
  }

  private List<String> problemsOf(String command) {
    List<String> words =
        Arrays.stream(command.split("\\s+", -1))
            .dropWhile(word -> word.matches("\\w+=\\S*"))
            .toList();
    String name = words.isEmpty() ? "" : words.get(0);
    if (name.equals("mvn")) {
      return problemsOfMaven(command);
    }
    if (name.equals("hlo4j")) {
      return problemsOfHlo4j(String.join(" ", words.subList(1, words.size())));
    }
    int jar = command.indexOf("hlo4j.jar");
    if (name.equals("java") && jar >= 0) {
      return problemsOfHlo4j(command.substring(jar + "hlo4j.jar".length()).strip());
    }
    boolean isKnown =
        OTHERS.containsKey(name) || (name.contains("/") && Files.exists(root.resolve(name)));
    return isKnown || name.isEmpty()
        ? List.of()
        : List.of("'" + name + "' is not known: " + command);
  }

  private List<String> problemsOfMaven(String command) {
    List<String> problems = new ArrayList<>();
    forEach(PROFILE, command, profile -> require(profiles, "profile", profile, problems));
    forEach(PROJECTS, command, module -> require(modules, "module", module, problems));
    Matcher example = EXAMPLE.matcher(command);
    while (example.find()) {
      String name = example.group(1);
      if (!name.matches("[A-Z]+|list") && !examples.contains("\"" + name + "\"")) {
        problems.add("there is no example " + name + ": " + command);
      }
    }
    Matcher arguments = ARGUMENTS.matcher(command);
    if (arguments.find()) {
      problems.addAll(problemsOfHlo4j(arguments.group(1)));
    }
    return problems;
  }

  private interface Named {
    void accept(String name);
  }

  private static void forEach(Pattern list, String command, Named each) {
    Matcher found = list.matcher(command);
    while (found.find()) {
      Arrays.stream(found.group(1).split(",", -1)).forEach(each::accept);
    }
  }

  private static void require(Set<String> known, String what, String name, List<String> problems) {
    if (!known.contains(name)) {
      problems.add("there is no %s %s, only %s".formatted(what, name, known));
    }
  }

  private static List<String> problemsOfHlo4j(String arguments) {
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher(arguments);
    while (word.find() && !word.group().startsWith(">")) {
      words.add(word.group().replaceAll("^['\"]|['\"]$", ""));
    }
    try {
      CommandLine.ParseResult unused = Hlo4j.commandLine().parseArgs(words.toArray(String[]::new));
      return List.of();
    } catch (CommandLine.ParameterException e) {
      return List.of("hlo4j refuses: " + arguments + ": " + e.getMessage());
    }
  }

  /** Files of the whole repository that are pages. */
  static List<Path> pages(Path root) {
    try (Stream<Path> docs = Files.walk(root.resolve("docs"));
        Stream<Path> top = Files.list(root)) {
      return Stream.concat(top, docs)
          .filter(file -> file.toString().endsWith(".md"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
