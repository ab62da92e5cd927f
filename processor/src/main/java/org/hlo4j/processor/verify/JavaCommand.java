package org.hlo4j.processor.verify;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.hlo4j.internal.process.JvmCommand;

/**
 * Runs a class in a JVM like this one, with only the given classes' locations on its class path.
 *
 * @param homes one class of each jar or folder that is needed
 * @param main the name of the class to run
 */
record JavaCommand(List<Class<?>> homes, String main, List<String> arguments)
    implements ChildCommand {
  /**
   * Options for short lives and quick starts: no optimizing compiler, no parallel collector
   * threads, no files for monitoring. The heap is only an upper bound: a program of 10 MB takes 200
   * MB of it. The default stack is sufficient: the parser's depth is limited, and the runtime
   * compiles on threads with large stacks. A crash leaves no report beside the user's sources; its
   * summary goes to standard error.
   */
  private static final List<String> OPTIONS =
      Stream.concat(
              JvmCommand.BRIEF.stream(),
              Stream.of("-Xshare:auto", "-Xmx1g", "-XX:-UsePerfData", "-Xlog:disable"))
          .toList();

  JavaCommand {
    homes = List.copyOf(homes);
    arguments = List.copyOf(arguments);
  }

  @Override
  public List<String> words() {
    return new JvmCommand(OPTIONS, classPath(), main, arguments).words();
  }

  private String classPath() {
    Set<String> places = new LinkedHashSet<>();
    for (Class<?> home : homes) {
      places.add(placeOf(home).toString());
    }
    return String.join(File.pathSeparator, places);
  }

  /** Returns the location of a class, on the class path or the module path. */
  private static Path placeOf(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    if (source == null || source.getLocation() == null) {
      throw new IllegalStateException("The location of " + type.getName() + " is unknown");
    }
    try {
      return Path.of(source.getLocation().toURI());
    } catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException e) {
      throw new IllegalStateException(
          "%s was loaded from %s, which no other JVM can read"
              .formatted(type.getName(), source.getLocation()),
          e);
    }
  }
}
