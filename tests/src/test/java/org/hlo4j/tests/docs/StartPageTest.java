package org.hlo4j.tests.docs;

import static com.google.common.truth.Truth.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hlo4j.cli.Hlo4j;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of the tutorial print and write what the page shows. */
final class StartPageTest {
  private static final Path PAGE = Path.of("..", "docs", "start.md");

  @TempDir Path folder;

  private Page page;
  private Path program;

  @BeforeEach
  void saveTheProgram() throws IOException {
    page = Page.read(PAGE);
    Block block =
        page.blocks().stream().filter(b -> b.language().equals("mlir")).findFirst().orElseThrow();
    program = Files.writeString(folder.resolve("step.mlir"), block.text());
  }

  private static String printed(Object... words) {
    StringWriter out = new StringWriter();
    String[] arguments = new String[words.length];
    for (int i = 0; i < words.length; i++) {
      arguments[i] = words[i].toString();
    }
    int status = Hlo4j.commandLine().setOut(new PrintWriter(out)).execute(arguments);
    assertThat(status).isEqualTo(0);
    return out.toString();
  }

  @Test
  void runPrintsThePagesText() {
    String text = printed("run", program, "--fill", "random");

    assertThat(page.text()).contains("```text\n" + text + "```");
  }

  @Test
  void initWritesThePagesInterface() throws IOException {
    String unused =
        printed("init", program, "-p", "com.acme", "-n", "Model", "--pom", "-d", folder);

    String source = Files.readString(folder.resolve("src/main/java/com/acme/Model.java"));
    assertThat(page.text()).contains("```java\n" + source + "```");
    assertThat(folder.resolve("pom.xml").toFile().exists()).isTrue();
  }
}
