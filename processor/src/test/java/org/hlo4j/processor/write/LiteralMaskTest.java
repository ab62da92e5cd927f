package org.hlo4j.processor.write;

import static com.google.common.truth.Truth.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Literals in Java source; a masked character is shown as a dot. */
final class LiteralMaskTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "f(\"ab\", c)|f(\"..\", c)",
        "\"a\\\"b\" + c|\"....\" + c",
        "\"\\\\\" + c|\"..\" + c",
        "'\"' + \"'\"|'.' + \".\"",
        "'\\'' + c|'..' + c",
        "\"\"\"a\"b\\\"\"\"c\"\"\" + d|\"\"\"........\"\"\" + d",
        "// it's \"a\"|// it's \"a\"",
        "/* it's \"a */ \"b\"|/* it's \"a */ \".\"",
        "\"// a\" + b|\"....\" + b",
        "\"open|\"....",
      })
  void onlyTheContentsOfLiteralsAreMasked(String source, String masked) {
    assertThat(LiteralMask.of(source).replace('\0', '.')).isEqualTo(masked);
  }
}
