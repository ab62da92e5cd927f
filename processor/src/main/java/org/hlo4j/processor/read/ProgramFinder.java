package org.hlo4j.processor.read;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.annotation.processing.Filer;
import javax.annotation.processing.FilerException;
import javax.lang.model.element.Element;
import javax.tools.FileObject;
import javax.tools.StandardLocation;

/**
 * Finds a program's resource in the places where builds keep resources. Maven has copied them to
 * the class output before javac runs, and libraries are on the class path; Gradle and IDEs compile
 * before they copy, so the folders beside the source are searched as well.
 */
public record ProgramFinder(Filer filer, SourceFolders sources) {
  private static final List<StandardLocation> LOCATIONS =
      List.of(
          StandardLocation.CLASS_OUTPUT,
          StandardLocation.SOURCE_PATH,
          StandardLocation.CLASS_PATH,
          StandardLocation.MODULE_SOURCE_PATH);

  private static final Set<StandardLocation> AT_RUN_TIME =
      EnumSet.of(StandardLocation.CLASS_OUTPUT, StandardLocation.CLASS_PATH);

  /** The result of a search. */
  public sealed interface Result {}

  /**
   * A resource that was found.
   *
   * @param isThereAtRunTime whether the class loader will find it: files beside a source are only
   *     copied to the classes if the build does so
   */
  @SuppressWarnings("ArrayRecordComponent") // It is never changed, and never compared.
  public record Found(byte[] content, boolean isThereAtRunTime) implements Result {}

  /**
   * A resource that was not found.
   *
   * @param lookedIn the places that were searched, one per line
   * @param neighbours the programs that exist in those places
   */
  public record Missing(String lookedIn, List<String> neighbours) implements Result {}

  /**
   * Searches for a resource.
   *
   * @param origin the method that names it
   * @param packageName the package of the interface
   * @param name relative to that package, or absolute with a leading slash
   */
  public Result find(Element origin, String packageName, String name) {
    String from = name.startsWith("/") ? "" : packageName;
    String relative = name.startsWith("/") ? name.substring(1) : name;
    List<String> lookedIn = new ArrayList<>();
    for (StandardLocation location : LOCATIONS) {
      try {
        FileObject file = filer.getResource(location, from, relative);
        try (InputStream in = file.openInputStream()) {
          return new Found(in.readAllBytes(), AT_RUN_TIME.contains(location));
        }
      } catch (FilerException e) {
        // The build has no such location.
      } catch (IOException | RuntimeException e) {
        // javac and ecj report missing resources in various ways.
        String found = e.getMessage() == null ? "no " + relative : e.getMessage();
        lookedIn.add("\n  %s: %s".formatted(location.getName(), found));
      }
    }
    return findBeside(origin, from, relative, lookedIn);
  }

  private Result findBeside(
      Element origin, String packageName, String relative, List<String> lookedIn) {
    List<String> neighbours = new ArrayList<>();
    for (Path root : sources.rootsFor(origin)) {
      Path folder = root.resolve(packageName.replace('.', '/'));
      Optional<byte[]> content = read(root, folder, relative);
      if (content.isPresent()) {
        return new Found(content.get(), false);
      }
      lookedIn.add("\n  %s: no %s".formatted(folder, relative));
      neighbours.addAll(programsIn(folder));
    }
    return new Missing(String.join("", lookedIn), neighbours);
  }

  /** Returns a file in a folder, which must be below the root, as for the class loader. */
  private static Optional<byte[]> read(Path root, Path folder, String relative) {
    try {
      Path file = folder.resolve(relative).normalize();
      return file.startsWith(root) && Files.isRegularFile(file)
          ? Optional.of(Files.readAllBytes(file))
          : Optional.empty();
    } catch (IOException | InvalidPathException e) {
      return Optional.empty();
    }
  }

  private static List<String> programsIn(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.contains(".mlir"))
          .sorted()
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }
}
