package org.hlo4j.cli;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.hlo4j.processor.KernelProcessor;

/** Builds a project's folder, as its build would. */
final class Javac {
  private Javac() {}

  /** Compiles all sources; answers what javac says, which is nothing if all is well. */
  static String build(Path project) throws IOException {
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    Path classes = Files.createDirectories(project.resolve("target/classes"));
    List<String> options =
        new ArrayList<>(
            List.of(
                "-d",
                classes.toString(),
                "-sourcepath",
                project.resolve("src/main/java").toString(),
                "-Xlint:all,-path,-processing,-classfile",
                "-Werror",
                // Whether XLA takes the corpus is asked elsewhere.
                "-Ahlo4j.verify=off"));
    try (StandardJavaFileManager files = javac.getStandardFileManager(null, null, null);
        Stream<Path> sources = Files.walk(project.resolve("src/main/java"))) {
      JavaCompiler.CompilationTask task =
          javac.getTask(
              said,
              files,
              null,
              options,
              null,
              files.getJavaFileObjectsFromPaths(
                  sources.filter(file -> file.toString().endsWith(".java")).toList()));
      task.setProcessors(List.of(new KernelProcessor()));
      boolean done = task.call();
      return done ? said.toString() : "failed: " + said;
    }
  }
}
