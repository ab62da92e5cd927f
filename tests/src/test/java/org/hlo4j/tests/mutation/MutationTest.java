package org.hlo4j.tests.mutation;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.hlo4j.Program;
import org.hlo4j.plugin.PluginLocator;
import org.hlo4j.plugin.PluginRequest;
import org.hlo4j.processor.KernelProcessor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Mutants of the corpus: none that XLA would refuse passes javac. {@code -Dhlo4j.mutants=10} makes
 * so many of each program.
 */
class MutationTest {
  private static final int MUTANTS = Integer.getInteger("hlo4j.mutants", 1);
  private static final long SEED = 20_261_122;

  @TempDir Path folder;

  private static List<String> programs() throws IOException {
    return resource("/org/hlo4j/tests/corpus/programs.txt").lines().toList();
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = MutationTest.class.getResourceAsStream(name)) {
      assertWithMessage(name).that(in).isNotNull();
      return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Writes all mutants with their interfaces; answers the interfaces by the mutants' names. */
  private Map<String, Path> writeMutants() throws IOException {
    Random random = new Random(SEED);
    Map<String, Path> sources = new TreeMap<>();
    for (String name : programs()) {
      String text = resource("/org/hlo4j/internal/mlir/corpus/" + name + ".mlir");
      Program program = Program.of(text);
      for (int i = 0; i < MUTANTS; i++) {
        Mutation mutation = Mutation.any(random);
        String mutated = mutation.mutate(text, random);
        if (!mutated.equals(text)) {
          String mutant =
              String.format(
                  Locale.ROOT, "%s_%d_%s", name, i, mutation.name().toLowerCase(Locale.ROOT));
          sources.put(mutant, write(mutant, program, mutated));
        }
      }
    }
    return sources;
  }

  private Path write(String mutant, Program program, String mutated) throws IOException {
    Path place = folder.resolve("mutants");
    Files.createDirectories(place);
    Files.writeString(place.resolve(mutant + ".mlir"), mutated);
    String source = KernelSource.of("mutants", mutant, program, mutant + ".mlir");
    return Files.writeString(place.resolve(mutant + ".java"), source);
  }

  /** Runs javac over all, and answers the errors by the mutants' names. */
  private Map<String, String> javac(Map<String, Path> sources) throws IOException {
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
    Path out = Files.createDirectories(folder.resolve("out"));
    try (StandardJavaFileManager files =
        javac.getStandardFileManager(diagnostics, Locale.ROOT, null)) {
      List<String> options =
          List.of("-d", out.toString(), "-proc:only", "-Ahlo4j.verify=required", "-Xmaxerrs", "0");
      JavaCompiler.CompilationTask task =
          javac.getTask(
              null,
              files,
              diagnostics,
              options,
              null,
              files.getJavaFileObjectsFromPaths(sources.values()));
      task.setProcessors(List.of(new KernelProcessor()));
      boolean unused = task.call();
    }
    Map<String, String> errors = new TreeMap<>();
    for (Diagnostic<? extends JavaFileObject> diagnostic : diagnostics.getDiagnostics()) {
      if (diagnostic.getKind() == Diagnostic.Kind.ERROR) {
        JavaFileObject source = diagnostic.getSource();
        String file = source == null ? "nowhere" : source.getName();
        String mutant = file.replaceFirst(".*/", "").replaceFirst("\\.java$", "");
        errors.merge(mutant, diagnostic.getMessage(Locale.ROOT), (one, two) -> one + "\n" + two);
      }
    }
    return errors;
  }

  @Test
  void noMutantThatXlaRefusesPassesJavac() throws Exception {
    Map<String, Path> sources = writeMutants();

    Map<String, String> errors = javac(sources);

    assertThat(sources.keySet()).containsAtLeastElementsIn(errors.keySet());
    errors.forEach((mutant, error) -> assertWithMessage(mutant).that(error).startsWith("[HLO"));
    List<Path> passed = new ArrayList<>();
    sources.forEach(
        (mutant, source) -> {
          if (!errors.containsKey(mutant)) {
            passed.add(source.resolveSibling(mutant + ".mlir"));
          }
        });
    Path plugin = PluginLocator.ofThisJvm().locate(PluginRequest.any()).library();
    Set<String> escapes = RawXla.refusedAmong(plugin, passed);
    print(sources, errors, escapes);
    assertThat(escapes).isEmpty();
  }

  private static void print(
      Map<String, Path> sources, Map<String, String> errors, Set<String> escapes) {
    Map<String, Integer> byMessage = new TreeMap<>();
    errors.values().forEach(error -> byMessage.merge(error.substring(1, 7), 1, Integer::sum));
    System.out.printf(
        Locale.ROOT,
        "%d mutants: %d refused by javac %s, %d accepted, %d escapes%n",
        sources.size(),
        errors.size(),
        byMessage,
        sources.size() - errors.size(),
        escapes.size());
  }
}
