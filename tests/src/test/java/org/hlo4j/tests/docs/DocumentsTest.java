package org.hlo4j.tests.docs;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.hlo4j.Program;
import org.hlo4j.error.HloException;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xml.sax.InputSource;

/**
 * The code on the pages is compiled and run. What a block is, its language says, and a comment
 * before it:
 *
 * <ul>
 *   <li>{@code java} that begins with {@code package} is a whole file. All of a page are compiled
 *       together; those with a {@code main} are run.
 *   <li>other {@code java} is a fragment: it stands where the comment {@code fragments in:} before
 *       it has a line of three dots.
 *   <li>a plain block after the comment {@code prints} is what the last program printed.
 *   <li>{@code mlir} after {@code file: NAME} is a resource; any other is a program.
 *   <li>{@code python}, {@code kotlin}, {@code groovy} after {@code from: FILE} are lines of that
 *       file.
 *   <li>{@code sh} is looked at by {@link ShellLines}.
 *   <li>a comment {@code hidden:} is a whole file that the page needs and does not show.
 *   <li>whatever stands after {@code not run: REASON} is not.
 * </ul>
 */
final class DocumentsTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern LINK = Pattern.compile("(?<!`)\\]\\(([^)\\s]+)\\)");
  private static final Set<String> CHECKED_BY_JAVA = Set.of("java", Page.SURROUNDINGS);

  @TempDir Path folder;

  static Stream<Path> pages() {
    return ShellLines.pages(ROOT).stream().map(ROOT::relativize);
  }

  @ParameterizedTest
  @MethodSource("pages")
  void javaIsCompiledAndRunAndPrintsWhatThePageShows(Path file)
      throws IOException, InterruptedException {
    Page page = Page.read(ROOT.resolve(file));
    PageProject project = new PageProject(page, folder);
    if (!project.isEmpty()) {
      assertThat(project.compile()).isEmpty();
    }
    Map<Block, String> printed = project.run();
    String last = "";
    for (Block block : page.blocks()) {
      last = printed.getOrDefault(block, last);
      if (block.directive().equals("prints")) {
        assertWithMessage(page.placeOf(block))
            .that(stripped(last))
            .isEqualTo(stripped(block.text()));
      }
    }
  }

  private static String stripped(String text) {
    return String.join("\n", text.lines().map(String::stripTrailing).toList()).strip();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void otherCodeIsWhatItSaysItIs(Path file) throws Exception {
    Page page = Page.read(ROOT.resolve(file));
    ShellLines shell = new ShellLines(ROOT);
    List<String> problems = new ArrayList<>();
    for (Block block : page.blocks()) {
      if (CHECKED_BY_JAVA.contains(block.language()) || block.says("not run:")) {
        continue;
      }
      problemsOf(block, shell)
          .forEach(problem -> problems.add(page.placeOf(block) + ": " + problem));
    }
    assertThat(problems).isEmpty();
  }

  private static List<String> problemsOf(Block block, ShellLines shell) throws Exception {
    return switch (block.language()) {
      case "", "text" -> List.of();
      case "sh" -> shell.problems(block.text());
      case "xml" -> problemsOfXml(block.text());
      case "mlir" -> block.says("file:") ? List.of() : problemsOfProgram(block.text());
      case "python", "kotlin", "groovy" -> problemsOfExcerpt(block);
      default -> List.of("nobody knows how to check " + block.language());
    };
  }

  private static List<String> problemsOfXml(String text) throws Exception {
    try {
      DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(new InputSource(new StringReader("<all>" + text + "</all>")));
      return List.of();
    } catch (org.xml.sax.SAXException e) {
      return List.of(String.valueOf(e.getMessage()));
    }
  }

  private static List<String> problemsOfProgram(String text) {
    try {
      Program unused = Program.of(text);
      return List.of();
    } catch (HloException e) {
      return List.of(String.valueOf(e.getMessage()));
    }
  }

  private static List<String> problemsOfExcerpt(Block block) throws IOException {
    if (!block.says("from:")) {
      return List.of("which file is this from?");
    }
    Path file = ROOT.resolve(block.said("from:"));
    return Files.exists(file) && Files.readString(file).contains(block.text().stripTrailing())
        ? List.of()
        : List.of("these are no lines of " + file);
  }

  @ParameterizedTest
  @MethodSource("pages")
  void linksAndPicturesLeadToSomething(Path file) throws IOException {
    Path page = ROOT.resolve(file);
    String text = Files.readString(page).replaceAll("(?s)```.*?```", "");
    List<String> broken = new ArrayList<>();
    Matcher link = LINK.matcher(text);
    while (link.find()) {
      String target = link.group(1);
      String path = target.replaceFirst("#.*$", "");
      boolean isElsewhere = target.matches("(https?|mailto):.*") || path.isEmpty();
      if (!isElsewhere && !Files.exists(page.resolveSibling(path))) {
        broken.add(target);
      }
    }
    assertWithMessage(file.toString()).that(broken).isEmpty();
  }
}
