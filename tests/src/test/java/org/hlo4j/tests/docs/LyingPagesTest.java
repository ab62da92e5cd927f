package org.hlo4j.tests.docs;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A page that says what is not so does not pass. */
final class LyingPagesTest {
  private static final String PROGRAM =
      """
      ```java
      package com.acme;

      class Main {
        public static void main(String[] args) {
          System.out.println("right");
        }
      }
      ```
      """;

  @TempDir Path folder;
  private final DocumentsTest documents = new DocumentsTest();

  @BeforeEach
  void setUp() throws IOException {
    documents.folder = Files.createDirectory(folder.resolve("project"));
  }

  private Path page(String text) throws IOException {
    return Files.writeString(folder.resolve("page.md"), text);
  }

  private String java(String text) throws IOException {
    Path page = page(text);
    return String.valueOf(
        assertThrows(
                AssertionError.class,
                () -> documents.javaIsCompiledAndRunAndPrintsWhatThePageShows(page))
            .getMessage());
  }

  private String other(String text) throws IOException {
    Path page = page(text);
    return String.valueOf(
        assertThrows(AssertionError.class, () -> documents.otherCodeIsWhatItSaysItIs(page))
            .getMessage());
  }

  @Test
  void anOutputThatIsNotTheProgramsIsFound() throws Exception {
    assertThat(java(PROGRAM + "<!-- prints -->\n```\nwrong\n```\n")).contains("wrong");
  }

  @Test
  void theProgramsOutputPasses() throws Exception {
    documents.javaIsCompiledAndRunAndPrintsWhatThePageShows(
        page(PROGRAM + "\n<!-- prints -->\n```text\nright\n```\n"));
  }

  @Test
  void javaThatDoesNotCompileIsFound() throws Exception {
    assertThat(java(PROGRAM.replace("System.out", "System.aut"))).contains("aut");
  }

  @Test
  void aProgramThatThrowsIsFound() throws Exception {
    assertThat(java(PROGRAM.replace("System.out.println(\"right\")", "args[0].length()")))
        .contains("ArrayIndexOutOfBoundsException");
  }

  @Test
  void aFragmentWithNothingAroundItIsFound() throws Exception {
    assertThat(java("```java\nint x = 1;\n```\n"))
        .contains("line 1: what is around this fragment?");
  }

  @Test
  void commandsThatThereAreNotAreFound() throws Exception {
    assertThat(other("```sh\nmvn -Pdome\n```\n")).contains("there is no profile dome");
    assertThat(other("```sh\nmvn -Pdemo -Dexample=nothing\n```\n")).contains("no example nothing");
    assertThat(other("```sh\nhlo4j explane x.mlir\n```\n")).contains("hlo4j refuses: explane");
    assertThat(other("```sh\nmake install\n```\n")).contains("'make' is not known");
  }

  @Test
  void whatIsNotOfItsLanguageIsFound() throws Exception {
    assertThat(other("```mlir\nfunc.func @main(\n```\n")).contains("line 1");
    assertThat(other("```xml\n<a>\n```\n")).contains("The end-tag for element type \"a\"");
    assertThat(other("```kotlin\nval x = 1\n```\n")).contains("which file is this from?");
    assertThat(other("```rust\n```\n")).contains("nobody knows how to check rust");
  }

  @Test
  void linksThatLeadNowhereAreFound() throws Exception {
    Path page = page("[here](nowhere.md) [there](page.md#part) [web](https://example.org)");

    assertThat(
            assertThrows(
                AssertionError.class, () -> documents.linksAndPicturesLeadToSomething(page)))
        .hasMessageThat()
        .contains("nowhere.md");
  }
}
