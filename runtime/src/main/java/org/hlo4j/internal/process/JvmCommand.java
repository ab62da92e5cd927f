package org.hlo4j.internal.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The command that runs a class in another JVM, of the same Java as this one. Immutable.
 *
 * @param options the options of the JVM
 * @param classPath where it finds classes
 * @param main the name of the class to run
 * @param arguments the arguments of the program
 */
public record JvmCommand(
    List<String> options, String classPath, String main, List<String> arguments) {
  /**
   * Options for a JVM that lives briefly and calls native code which may crash: no optimizing
   * compiler, one thread that collects garbage, and no report beside the user's sources.
   */
  public static final List<String> BRIEF =
      List.of(
          "-XX:TieredStopAtLevel=1",
          "-XX:+UseSerialGC",
          "-XX:ErrorFile=/dev/null",
          "-XX:-CreateCoredumpOnCrash",
          "--enable-native-access=ALL-UNNAMED");

  /**
   * These variables would put the parent's agents and debuggers into the child, and a line into its
   * output that says so.
   */
  private static final List<String> FOR_EACH_JVM =
      List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

  /** A command; the lists are copied. */
  public JvmCommand {
    options = List.copyOf(options);
    arguments = List.copyOf(arguments);
  }

  /** A command that runs a class with the class path of this JVM. */
  public static JvmCommand here(List<String> options, Class<?> main, String... arguments) {
    return new JvmCommand(options, ownClassPath(), main.getName(), List.of(arguments));
  }

  public static String ownClassPath() {
    return System.getProperty("java.class.path");
  }

  /** The words of the command: the launcher of this JVM's Java, and what it is given. */
  public List<String> words() {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(options);
    words.addAll(List.of("-cp", classPath, main));
    words.addAll(arguments);
    return words;
  }

  /**
   * Prepares a process that runs the command, and that gets none of the options which this one's
   * environment has for all JVMs.
   */
  public ProcessBuilder process() {
    ProcessBuilder process = new ProcessBuilder(words());
    removeJvmOptions(process.environment());
    return process;
  }

  /** Removes the variables that give options to each JVM. */
  public static void removeJvmOptions(Map<String, String> environment) {
    environment.keySet().removeAll(FOR_EACH_JVM);
  }
}
