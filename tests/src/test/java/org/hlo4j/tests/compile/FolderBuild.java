package org.hlo4j.tests.compile;

import com.google.common.collect.ImmutableList;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.eclipse.jdt.internal.compiler.tool.EclipseCompiler;
import org.hlo4j.processor.fixture.Source;

/** A project in a folder, laid out as Maven's are, which javac or Eclipse's compiler builds. */
final class FolderBuild {
  private static final String TESTS_CLASS_PATH = System.getProperty("java.class.path");

  private final JavaCompiler compiler;
  private final Path project;
  private final Path output;
  private final String classPath;

  private FolderBuild(JavaCompiler compiler, Path project, String classPath) {
    this.compiler = compiler;
    this.project = project;
    this.output = project.resolve("target/classes");
    this.classPath = classPath;
  }

  static FolderBuild withJavac(Path project) {
    return new FolderBuild(ToolProvider.getSystemJavaCompiler(), project, TESTS_CLASS_PATH);
  }

  static FolderBuild withEclipse(Path project) {
    return new FolderBuild(new EclipseCompiler(), project, TESTS_CLASS_PATH);
  }

  /** Another project, which has this one's classes on its class path. */
  FolderBuild dependent(Path other) {
    return new FolderBuild(compiler, other, output + File.pathSeparator + classPath);
  }

  /** A file that the build has written. */
  Path output(String name) {
    return output.resolve(name);
  }

  /** Adds or replaces a file. */
  Path file(String name, String text) {
    try {
      Path file = project.resolve(name);
      Files.createDirectories(file.getParent());
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Adds or replaces a source. */
  Path source(JavaFileObject source) {
    String name = source.getName().replaceFirst("^/", "");
    return file("src/main/java/" + name, Source.textOf(source));
  }

  /** Adds or replaces sources, beside the tensor types. */
  List<Path> sources(JavaFileObject... sources) {
    return Source.withTensorTypes(List.of(sources)).stream().map(this::source).toList();
  }

  /** Compiles with the processor, which is found as in a build, and answers the errors. */
  List<Diagnostic<? extends JavaFileObject>> errors(List<Path> sources) throws IOException {
    Files.createDirectories(output);
    DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
    try (StandardJavaFileManager files =
        compiler.getStandardFileManager(diagnostics, Locale.ROOT, StandardCharsets.UTF_8)) {
      // What a compiler prints are the diagnostics again.
      StringWriter printed = new StringWriter();
      boolean unused =
          compiler
              .getTask(
                  printed,
                  files,
                  diagnostics,
                  options(),
                  null,
                  files.getJavaFileObjectsFromPaths(sources))
              .call();
    }
    return diagnostics.getDiagnostics().stream()
        .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
        .collect(ImmutableList.toImmutableList());
  }

  private List<String> options() {
    return List.of(
        "--release",
        "25",
        "-encoding",
        "UTF-8",
        "-d",
        output.toString(),
        "-s",
        output.toString(),
        "-classpath",
        classPath,
        "-processorpath",
        TESTS_CLASS_PATH,
        "-Ahlo4j.verify=off");
  }

  /** Loads what was compiled. */
  URLClassLoader classes() throws IOException {
    return new URLClassLoader(
        new URL[] {output.toUri().toURL()}, FolderBuild.class.getClassLoader());
  }
}
