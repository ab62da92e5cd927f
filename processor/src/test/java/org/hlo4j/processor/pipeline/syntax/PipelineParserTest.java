package org.hlo4j.processor.pipeline.syntax;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.hlo4j.internal.mlir.text.SourceText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What pipelines' texts mean, and where they are wrong. */
final class PipelineParserTest {
  private static final int SOUPS = 20_000;

  private static final List<String> INGREDIENTS =
      List.of(
          "x",
          "y",
          "k",
          "repeat",
          "in",
          "order",
          "start",
          "done",
          "ref",
          "like",
          "return",
          "as",
          "3",
          "0",
          "99999999999999999999",
          "=",
          ",",
          "(",
          ")",
          "{",
          "}",
          "[",
          "]",
          ".",
          "+",
          "->",
          "→",
          "\n",
          ";",
          "\r\n",
          "// x\n",
          "# y\n",
          "//",
          "-",
          "\"",
          "é",
          "😀",
          "\ud83d",
          "\0",
          "\t",
          "$",
          "_",
          "repeat 2 {",
          "x = k(y)\n",
          "f = start k(x -> y)\n",
          "s[i + 1]");

  private static List<Statement> parse(String text) throws PipelineSyntaxException {
    return PipelineParser.parse(new SourceText(text));
  }

  /** The statements without their places, each as a word and what it is about. */
  private static String shown(String text) throws PipelineSyntaxException {
    return shown(parse(text));
  }

  private static String shown(List<Statement> statements) {
    return String.join("; ", statements.stream().map(PipelineParserTest::shown).toList());
  }

  private static String shown(Statement statement) {
    return switch (statement) {
      case Statement.Call call ->
          "%s%s %s %s -> %s"
              .formatted(
                  call.starts() ? "start " : "",
                  call.targets(),
                  call.kernel(),
                  call.arguments(),
                  call.writes());
      case Statement.Done done -> "done %s %s".formatted(done.targets(), done.future());
      case Statement.Assign assign -> "assign %s %s".formatted(assign.targets(), assign.values());
      case Statement.NewRef newRef ->
          "ref %s %s"
              .formatted(
                  newRef.target(),
                  newRef.slots().stream()
                      .map(slot -> (slot.empty() ? "like " : "") + slot.operand())
                      .toList());
      case Statement.Repeat repeat ->
          String.format(
              Locale.ROOT,
              "repeat %d %s %s {%s}",
              repeat.count(),
              repeat.counter().map(Name::text).orElse("-"),
              repeat.carried(),
              shown(repeat.body()));
      case Statement.InOrder inOrder -> "in order {%s}".formatted(shown(inOrder.body()));
      case Statement.Return returned -> "return %s".formatted(returned.values());
    };
  }

  @Test
  void eachKindOfStatementIsRead() throws PipelineSyntaxException {
    assertThat(shown("y = k(x)")).isEqualTo("[y] k [x] -> []");
    assertThat(shown("a, b = k(x, p.w)")).isEqualTo("[a, b] k [x, p.w] -> []");
    assertThat(shown("f = start k(x -> r)")).isEqualTo("start [f] k [x] -> [r]");
    assertThat(shown("k()")).isEqualTo("[] k [] -> []");
    assertThat(shown("k(-> r, s)")).isEqualTo("[] k [] -> [r, s]");
    assertThat(shown("done f")).isEqualTo("done [] f");
    assertThat(shown("a, b = done f")).isEqualTo("done [a, b] f");
    assertThat(shown("a, b = b, a")).isEqualTo("assign [a, b] [b, a]");
    assertThat(shown("s = ref x, like p.w")).isEqualTo("ref s [x, like p.w]");
    assertThat(shown("repeat 7 as i (x, f) { k(x) }"))
        .isEqualTo("repeat 7 i [x, f] {[] k [x] -> []}");
    assertThat(shown("repeat 2 { repeat 3 { k() } }"))
        .isEqualTo("repeat 2 - [] {repeat 3 - [] {[] k [] -> []}}");
    assertThat(shown("in order { k()\n l() }"))
        .isEqualTo("in order {[] k [] -> []; [] l [] -> []}");
    assertThat(shown("return")).isEqualTo("return []");
    assertThat(shown("return x, p.w")).isEqualTo("return [x, p.w]");
    assertThat(shown("")).isEmpty();
  }

  @Test
  void slotsAreNamedByNumbersAndCounters() throws PipelineSyntaxException {
    Statement.Call call = (Statement.Call) parse("k(s[3], s[i] -> s[i + 12])").get(0);

    assertThat(call.arguments().get(0).index().orElseThrow().offset()).isEqualTo(3);
    assertThat(call.arguments().get(0).index().orElseThrow().counter()).isEmpty();
    assertThat(call.arguments().get(1).index().orElseThrow().counter().orElseThrow().text())
        .isEqualTo("i");
    assertThat(call.writes().get(0).index().orElseThrow().offset()).isEqualTo(12);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "y = k(x); return y",
        "y = k(x)\nreturn y",
        "y = k(x)\r\nreturn y\r\n",
        "\n\n;;\n  y = k(x) ;; \n\n\treturn y;\n",
        "y =\n\n  k(\n  x\n)\nreturn\ty",
        "y = k(x) // what\n# y = l(x)\nreturn y // the end",
        "y = k(x // one\n)\nreturn y # the end",
        "// y = k(x;\ny=k(x)\nreturn y"
      })
  void gapsLineEndsAndCommentsMeanNothingElse(String text) throws PipelineSyntaxException {
    assertThat(shown(text)).isEqualTo("[y] k [x] -> []; return [y]");
  }

  @Test
  void arrowsMayBeOneCharacter() throws PipelineSyntaxException {
    assertThat(shown("k(x → y)")).isEqualTo(shown("k(x -> y)"));
  }

  @Test
  void keywordsAreNamesWhereNoStatementBeginsWithThem() throws PipelineSyntaxException {
    assertThat(shown("return = done(ref)")).isEqualTo("[return] done [ref] -> []");
    assertThat(shown("return, y = k(x)")).isEqualTo("[return, y] k [x] -> []");
    assertThat(shown("start = repeat(in)")).isEqualTo("[start] repeat [in] -> []");
    assertThat(shown("start = start start(start -> done)"))
        .isEqualTo("start [start] start [start] -> [done]");
    assertThat(shown("done = done done")).isEqualTo("done [done] done");
    assertThat(shown("ref = ref ref, like like")).isEqualTo("ref ref [ref, like like]");
    assertThat(shown("s = ref like")).isEqualTo("ref s [like]");
    assertThat(shown("repeat(x)")).isEqualTo("[] repeat [x] -> []");
    assertThat(shown("in, as = order, as")).isEqualTo("assign [in, as] [order, as]");
  }

  @Test
  void statementsKnowTheirPlaces() throws PipelineSyntaxException {
    SourceText source = new SourceText("# first\ny = k(x)\n\n  repeat 3 (y) {\n y = done f\n}");
    List<Statement> statements = PipelineParser.parse(source);
    Statement.Repeat repeat = (Statement.Repeat) statements.get(1);

    assertThat(source.slice(statements.get(0).span())).isEqualTo("y = k(x)");
    assertThat(source.line(statements.get(0).span().start())).isEqualTo(2);
    assertThat(source.slice(repeat.span())).isEqualTo("repeat 3 (y)");
    assertThat(source.line(repeat.span().start())).isEqualTo(4);
    assertThat(source.column(repeat.span().start())).isEqualTo(3);
    assertThat(source.slice(repeat.carried().get(0).span())).isEqualTo("y");
    assertThat(source.slice(repeat.body().get(0).span())).isEqualTo("y = done f");
  }

  @Test
  void problemsKnowTheirPlaces() {
    SourceText source = new SourceText("y = k(x)\nz = k(x,)\n");

    PipelineSyntaxException problem =
        assertThrows(PipelineSyntaxException.class, () -> PipelineParser.parse(source));

    assertThat(problem.offset()).isEqualTo(source.text().indexOf(')', 9));
    assertThat(problem).hasMessageThat().isEqualTo("a name is expected here, not ')'");
  }

  @Test
  void blocksInBlocksHaveALimit() throws PipelineSyntaxException {
    String inner = "in order {".repeat(64) + "}".repeat(64);

    assertThat(parse(inner)).hasSize(1);
    assertThrows(PipelineSyntaxException.class, () -> parse("in order {" + inner + "}"));
    assertThrows(PipelineSyntaxException.class, () -> parse("in order {".repeat(100_000)));
  }

  @Test
  void garbageIsRefusedAndNothingWorse() {
    Random random = new Random(7);
    int read = 0;
    for (int i = 0; i < SOUPS; i++) {
      StringBuilder soup = new StringBuilder();
      for (int word = random.nextInt(12); word >= 0; word--) {
        soup.append(INGREDIENTS.get(random.nextInt(INGREDIENTS.size())));
        soup.append(" ".repeat(random.nextInt(2)));
      }
      read += isRead(soup.toString()) ? 1 : 0;
    }

    assertThat(read).isGreaterThan(100);
    assertThat(read).isLessThan(SOUPS / 2);
  }

  private static boolean isRead(String text) {
    try {
      List<Statement> statements = parse(text);
      for (Statement statement : statements) {
        assertWithMessage(text).that(statement.span().end()).isAtMost(text.length());
        assertWithMessage(text).that(statement.span().start()).isLessThan(statement.span().end());
      }
      return true;
    } catch (PipelineSyntaxException e) {
      assertWithMessage(text).that(e.offset()).isAtLeast(0);
      assertWithMessage(text).that(e.offset()).isAtMost(text.length());
      assertThat(e).hasMessageThat().isNotEmpty();
      return false;
    }
  }
}
