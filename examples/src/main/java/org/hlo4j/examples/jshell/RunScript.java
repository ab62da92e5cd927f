package org.hlo4j.examples.jshell;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;

/** Runs a script in JShell, in this JVM, and stops where something goes wrong. */
public final class RunScript {
  private static final String VIGNETTE = "vignette.jsh";

  /** What the tool {@code jshell} imports by itself. */
  private static final String IMPORTS = "import java.util.*;";

  private RunScript() {}

  /** Takes the script's file; the vignette if there is none. */
  public static void main(String[] args) throws IOException {
    run(args.length > 0 ? Files.readString(Path.of(args[0])) : vignette());
  }

  private static String vignette() throws IOException {
    try (InputStream script = RunScript.class.getResourceAsStream(VIGNETTE)) {
      return new String(
          Objects.requireNonNull(script, VIGNETTE).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /**
   * Runs a script.
   *
   * @throws IllegalStateException if JShell refuses a snippet, or one throws
   */
  static void run(String script) {
    try (JShell shell = JShell.builder().executionEngine("local").build()) {
      Stream.of(System.getProperty("java.class.path"), System.getProperty("jdk.module.path"))
          .filter(Objects::nonNull)
          .forEach(shell::addToClasspath);
      shell.eval(IMPORTS);
      String pending = "";
      for (String line : script.lines().toList()) {
        pending = evaluateComplete(shell, pending + line + "\n");
      }
      if (!pending.isBlank()) {
        throw new IllegalStateException("This is not complete: " + pending);
      }
    }
  }

  /** As the tool does: a line at a time, and as many as it takes. Answers what is not complete. */
  private static String evaluateComplete(JShell shell, String text) {
    String rest = text;
    CompletionInfo next = shell.sourceCodeAnalysis().analyzeCompletion(rest);
    while (!rest.isBlank() && next.completeness().isComplete()) {
      shell.eval(next.source()).forEach(event -> check(shell, event));
      rest = next.remaining();
      next = shell.sourceCodeAnalysis().analyzeCompletion(rest);
    }
    return rest;
  }

  private static void check(JShell shell, SnippetEvent event) {
    Snippet snippet = event.snippet();
    if (event.exception() != null) {
      throw new IllegalStateException("This has failed: " + snippet.source(), event.exception());
    }
    if (event.status() == Snippet.Status.REJECTED) {
      String problems =
          String.join("; ", shell.diagnostics(snippet).map(each -> each.getMessage(null)).toList());
      throw new IllegalStateException("JShell refuses this: " + snippet.source() + problems);
    }
  }
}
