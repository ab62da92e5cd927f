package org.hlo4j.cli.init;

import static com.google.common.truth.Truth.assertThat;

import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LabelTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          x                         | x
          result[0]['w']            | result 0# w
          params['a.b']["c'd"].mu   | params a.b c'd mu
          params['it\\'s']          | params it's
          [0]['w']                  | `` 0# w
          state[12].layers[3][0]    | state 12# layers 3# 0#
          arg0.1                    | arg0.1
          tree[<flat index 0>]      | tree <flat index 0>
          cut['off                  | cut['off
          """)
  void theStepsAreThoseThatJaxWrites(String text, String expected) {
    Label label = Label.parse(text);

    String found =
        label.fromRoot().stream()
            .map(step -> step.key() + (step.isIndex() ? "#" : ""))
            .collect(Collectors.joining(" "));
    assertThat(found).isEqualTo(expected.replace("``", ""));
  }
}
