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
 * Runs a class in a JVM like this one, with only the named classes' homes on its class path.
 *
 * @param homes one class of each jar or folder that is needed
 * @param main the name of the class to run
 */
record JavaCommand(List<Class<?>> homes, String main, List<String> arguments)
    implements ChildCommand {
  /**
   * Short lives and quick starts: no optimising compiler, no threads that collect in parallel, no
   * files for monitors. The heap is only a bound: a program of 10 MB takes 200 MB of it. The stack
   * is the usual one: the reader goes only so deep, and the runtime compiles on threads of its own
   * with large ones. A crash leaves no report beside the user's sources; its summary goes to
   * standard error.
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

  /** Where a class was loaded from, whether as part of a class path or of a module path. */
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
