package org.hlo4j.internal.mlir.text;

import static com.google.common.truth.Truth.assertThat;

import org.junit.jupiter.api.Test;

final class SourceTextTest {
  @Test
  void countsLinesAndColumnsFromOne() {
    SourceText source = new SourceText("ab\n\ncd");

    assertThat(source.line(0)).isEqualTo(1);
    assertThat(source.column(1)).isEqualTo(2);
    assertThat(source.line(2)).isEqualTo(1);
    assertThat(source.line(3)).isEqualTo(2);
    assertThat(source.line(4)).isEqualTo(3);
    assertThat(source.column(5)).isEqualTo(2);
    assertThat(source.line(6)).isEqualTo(3);
  }

  @Test
  void putsTheCaretUnderTheOffset() {
    assertThat(new SourceText("x\n  abc\ny").excerpt(5)).isEqualTo("  abc\n   ^");
  }

  @Test
  void keepsTabsBeforeTheCaret() {
    assertThat(new SourceText("\ta\tb").excerpt(3)).isEqualTo("\ta\tb\n\t \t^");
  }

  @Test
  void showsNoCarriageReturn() {
    assertThat(new SourceText("ab\r\ncd").excerpt(1)).isEqualTo("ab\n ^");
  }

  @Test
  void putsTheCaretAfterTheLastCharacterAtTheEnd() {
    assertThat(new SourceText("ab").excerpt(2)).isEqualTo("ab\n  ^");
  }

  @Test
  void cutsALongLineAroundTheCaret() {
    String line = "x".repeat(1000) + "y" + "z".repeat(1000);

    String excerpt = new SourceText(line).excerpt(1000);

    assertThat(excerpt)
        .isEqualTo("..." + "x".repeat(80) + "y" + "z".repeat(79) + "...\n" + " ".repeat(83) + "^");
  }

  @Test
  void slicesASpan() {
    Span span = new Span(2, 4);

    assertThat(new SourceText("abcdef").slice(span)).isEqualTo("cd");
  }
}
