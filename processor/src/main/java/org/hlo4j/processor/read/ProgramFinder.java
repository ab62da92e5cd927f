package org.hlo4j.processor.read;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.annotation.processing.Filer;
import javax.annotation.processing.FilerException;
import javax.tools.FileObject;
import javax.tools.StandardLocation;
import org.jspecify.annotations.Nullable;

/**
 * Finds a program's resource where builds keep resources when javac runs: Maven copies them to the
 * class output first, Gradle and IDEs may give the source path, and libraries come by class path.
 */
public final class ProgramFinder {
  private static final List<StandardLocation> LOCATIONS =
      List.of(
          StandardLocation.CLASS_OUTPUT,
          StandardLocation.SOURCE_PATH,
          StandardLocation.CLASS_PATH,
          StandardLocation.MODULE_SOURCE_PATH);

  private final Filer filer;

  /** A finder that asks javac's filer. */
  public ProgramFinder(Filer filer) {
    this.filer = filer;
  }

  /** A resource, or where it is not. */
  public static final class Found {
    private final byte @Nullable [] content;
    private final String lookedIn;

    private Found(byte @Nullable [] content, String lookedIn) {
      this.content = content;
      this.lookedIn = lookedIn;
    }

    /** The resource's bytes as text, or null if it is nowhere. */
    public @Nullable String text() {
      return content == null ? null : new String(content, StandardCharsets.UTF_8);
    }

    /** The places that were tried in vain, a line each. */
    public String lookedIn() {
      return lookedIn;
    }

    /** Whether this is MLIR's bytecode form, which begins with the letters {@code MLïR}. */
    public boolean isBytecode() {
      return content != null
          && content.length >= 4
          && content[0] == 'M'
          && content[1] == 'L'
          && content[2] == (byte) 0xEF
          && content[3] == 'R';
    }
  }

  /**
   * Looks for a resource.
   *
   * @param packageName the package of the interface
   * @param name relative to that package, or from the root with a leading slash
   */
  public Found find(String packageName, String name) {
    String from = name.startsWith("/") ? "" : packageName;
    String relative = name.startsWith("/") ? name.substring(1) : name;
    List<String> lookedIn = new ArrayList<>();
    for (StandardLocation location : LOCATIONS) {
      try {
        FileObject file = filer.getResource(location, from, relative);
        try (InputStream in = file.openInputStream()) {
          return new Found(in.readAllBytes(), "");
        }
      } catch (FilerException e) {
        // The build has no such location.
      } catch (IOException | RuntimeException e) {
        // A location without the resource is reported in several ways by javac and ecj.
        String found = e.getMessage() == null ? "no " + relative : e.getMessage();
        lookedIn.add("\n  %s: %s".formatted(location.getName(), found));
      }
    }
    return new Found(null, String.join("", lookedIn));
  }
}
