package org.hlo4j.tests.docs;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.hlo4j.error.HloException;
import org.hlo4j.processor.message.Message;
import org.junit.jupiter.api.Test;

/** The page on errors describes each message of the processor and each exception. */
final class ErrorsPageTest {
  private static final Path PAGE = Path.of("..", "docs", "errors.md");
  private static final Path EXCEPTIONS =
      Path.of("..", "runtime", "src", "main", "java", "org", "hlo4j", "error");

  private static final Pattern SECTION =
      Pattern.compile(
          "^### (?<id>HLO\\d+)\n\n```text\n(?<text>.*?)\n```\n(?<advice>.*?)(?=^##|\\z)",
          Pattern.DOTALL | Pattern.MULTILINE);
  private static final Pattern PLACE = Pattern.compile("%(\\d+\\$)?,?[sd]");

  @Test
  void eachMessageOfTheCatalogueHasASectionWithItsTextAndNoOtherHas() throws IOException {
    assertThat(
            SECTION
                .matcher(Files.readString(PAGE))
                .results()
                .map(section -> section.group("id") + " " + section.group("text"))
                .toList())
        .containsExactlyElementsIn(
            Arrays.stream(Message.values())
                .map(message -> message.id() + " " + shown(message))
                .toList());
  }

  @Test
  void idsAreUnique() {
    assertThat(Arrays.stream(Message.values()).map(Message::id).toList()).containsNoDuplicates();
  }

  @Test
  void eachSectionHasACauseAndAFix() throws IOException {
    Matcher section = SECTION.matcher(Files.readString(PAGE));
    while (section.find()) {
      List<String> paragraphs =
          section.group("advice").lines().filter(line -> line.startsWith("**")).toList();
      assertWithMessage(section.group("id")).that(paragraphs).hasSize(2);
      assertThat(paragraphs.get(0)).startsWith("**Cause.** ");
      assertThat(paragraphs.get(1)).startsWith("**Fix.** ");
    }
  }

  @Test
  void eachExceptionIsDescribed() throws IOException {
    String page = Files.readString(PAGE);
    String thrown = page.substring(page.indexOf("## Exceptions"));
    try (var files = Files.list(EXCEPTIONS)) {
      List<String> names =
          files
              .map(file -> String.valueOf(file.getFileName()).replace(".java", ""))
              .filter(name -> name.endsWith("Exception"))
              .collect(Collectors.toList());
      assertThat(names).contains(HloException.class.getSimpleName());
      assertThat(names.stream().filter(name -> !thrown.contains("`" + name + "`")).toList())
          .containsExactly("HloException");
    }
  }

  private static String shown(Message message) {
    return PLACE.matcher(message.text()).replaceAll("…").replace("%%", "%");
  }
}
