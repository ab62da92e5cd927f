package org.hlo4j.tests.docs;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.hlo4j.internal.process.JvmCommand;
import org.hlo4j.processor.KernelProcessor;

/** The Java of a page as a project in a folder, and what its programs print. */
final class PageProject {
  private static final Pattern PACKAGE = Pattern.compile("package\\s+([\\w.]+)\\s*;");
  private static final Pattern TYPE =
      Pattern.compile(
          "^(?:public |final |abstract |sealed )*(?:class|interface|record|enum) (\\w+)",
          Pattern.MULTILINE);
  private static final Pattern PLACE = Pattern.compile("^\\s*\\.\\.\\.\\s*$", Pattern.MULTILINE);
  private static final String FRAGMENT = "Fragment";

  private final Page page;
  private final Path folder;
  private final Path sources;
  private final List<Path> files = new ArrayList<>();

  /** The programs by the blocks that they come from, in order. */
  private final Map<Block, String> programs = new LinkedHashMap<>();

  PageProject(Page page, Path folder) throws IOException {
    this.page = page;
    this.folder = folder;
    this.sources = Files.createDirectories(folder.resolve("src"));
    write();
  }

  private void write() throws IOException {
    String surroundings = "";
    int fragments = 0;
    for (Block block : page.blocks()) {
      if (block.language().equals(Page.SURROUNDINGS)) {
        surroundings = block.text();
      } else if (block.isWholeFile()) {
        add(block, block.text());
      } else if (block.language().equals("java") && !block.says("not run:")) {
        if (surroundings.isEmpty()) {
          throw new AssertionError(page.placeOf(block) + ": what is around this fragment?");
        }
        fragments++;
        add(block, fragment(surroundings, block, fragments));
      } else if (block.language().equals("mlir") && block.says("file:")) {
        Path resource = sources.resolve(block.said("file:"));
        Files.createDirectories(Objects.requireNonNull(resource.getParent()));
        Files.writeString(resource, block.text());
      }
    }
  }

  private String fragment(String surroundings, Block block, int number) {
    Matcher place = PLACE.matcher(surroundings);
    if (!place.find()) {
      throw new AssertionError(
          page.placeOf(block) + ": nothing around it has a line of three dots");
    }
    return place
        .replaceFirst(Matcher.quoteReplacement(block.text()))
        .replaceAll("\\b" + FRAGMENT + "\\b", FRAGMENT + number);
  }

  private void add(Block block, String text) throws IOException {
    Matcher packageName = PACKAGE.matcher(text);
    Matcher type = TYPE.matcher(text);
    if (!packageName.find() || !type.find()) {
      throw new AssertionError(page.placeOf(block) + ": this is no Java file");
    }
    Path file =
        sources.resolve(packageName.group(1).replace('.', '/')).resolve(type.group(1) + ".java");
    if (Files.exists(file)) {
      throw new AssertionError(page.placeOf(block) + ": there is another " + type.group(1));
    }
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    files.add(Files.writeString(file, text));
    if (text.contains("static void main(")) {
      programs.put(block, packageName.group(1) + "." + type.group(1));
    }
  }

  boolean isEmpty() {
    return files.isEmpty();
  }

  /** Compiles all files; answers what javac says of errors. */
  String compile() throws IOException {
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    Path classes = Files.createDirectories(folder.resolve("classes"));
    List<String> options =
        List.of("-d", classes.toString(), "-sourcepath", sources.toString(), "-Ahlo4j.verify=off");
    try (StandardJavaFileManager manager = javac.getStandardFileManager(null, null, null)) {
      JavaCompiler.CompilationTask task =
          javac.getTask(
              said, manager, null, options, null, manager.getJavaFileObjectsFromPaths(files));
      task.setProcessors(List.of(new KernelProcessor()));
      return task.call() ? "" : page.file() + ": " + said;
    }
  }

  /**
   * Runs all programs, in order, in one JVM of their own and in the project's folder.
   *
   * @return what each printed, by its block
   */
  Map<Block, String> run() throws IOException, InterruptedException {
    Map<Block, String> printed = new LinkedHashMap<>();
    if (programs.isEmpty()) {
      return printed;
    }
    Path output = folder.resolve("output.txt");
    JvmCommand command =
        new JvmCommand(
            List.of("--enable-native-access=ALL-UNNAMED"),
            folder.resolve("classes") + ":" + JvmCommand.ownClassPath(),
            RunMains.class.getName(),
            List.copyOf(programs.values()));
    Process process =
        command
            .process()
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    int status = process.waitFor();
    String text = Files.readString(output, StandardCharsets.UTF_8);
    if (status != 0) {
      throw new AssertionError(page.file() + ": a program failed\n" + text);
    }
    String[] parts = text.split(Pattern.quote(RunMains.MARK), -1);
    int next = 1;
    for (Block block : programs.keySet()) {
      printed.put(block, parts[next]);
      next++;
    }
    return printed;
  }
}
