package org.hlo4j.internal.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A command that runs a class in another JVM of the same Java version. Immutable.
 *
 * @param options the JVM's options
 * @param classPath the class path
 * @param main the name of the class to run
 * @param arguments the program's arguments
 */
public record JvmCommand(
    List<String> options, String classPath, String main, List<String> arguments) {
  /**
   * Options for a short-lived JVM whose native code may crash: no optimizing compiler, one garbage
   * collector thread, and no crash report beside the user's sources.
   */
  public static final List<String> BRIEF =
      List.of(
          "-XX:TieredStopAtLevel=1",
          "-XX:+UseSerialGC",
          "-XX:ErrorFile=/dev/null",
          "-XX:-CreateCoredumpOnCrash",
          "--enable-native-access=ALL-UNNAMED");

  /**
   * These variables would pass the parent's agents and debuggers to the child, and make it print a
   * line about them.
   */
  private static final List<String> FOR_EACH_JVM =
      List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

  /** Copies the lists. */
  public JvmCommand {
    options = List.copyOf(options);
    arguments = List.copyOf(arguments);
  }

  /** Returns a command that runs a class with the class path of this JVM. */
  public static JvmCommand here(List<String> options, Class<?> main, String... arguments) {
    return new JvmCommand(options, ownClassPath(), main.getName(), List.of(arguments));
  }

  public static String ownClassPath() {
    return System.getProperty("java.class.path");
  }

  /** Returns the words of the command: this JVM's launcher, and its arguments. */
  public List<String> words() {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(options);
    words.addAll(List.of("-cp", classPath, main));
    words.addAll(arguments);
    return words;
  }

  /**
   * Prepares a process that runs the command, without environment variables that set options for
   * all JVMs.
   */
  public ProcessBuilder process() {
    ProcessBuilder process = new ProcessBuilder(words());
    removeJvmOptions(process.environment());
    return process;
  }

  /** Removes the variables that set options for all JVMs. */
  public static void removeJvmOptions(Map<String, String> environment) {
    environment.keySet().removeAll(FOR_EACH_JVM);
  }
}
