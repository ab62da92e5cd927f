package org.hlo4j.internal.mlir.analysis;

import static com.google.common.truth.Truth.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class ProgramDigestTest {
  private static final String TEXT = "func.func @main() {\n  return\n}\n";

  private static String digest(String text) {
    return ProgramDigest.of(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void itIsTheBeginningOfASha256() {
    assertThat(digest("abc")).isEqualTo("ba7816bf8f01cfea");
    assertThat(ProgramDigest.sha256("abc".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }

  @Test
  void theEndsOfLinesOfATextAndItsByteOrderMarkDoNotCount() {
    assertThat(digest(TEXT.replace("\n", "\r\n"))).isEqualTo(digest(TEXT));
    assertThat(digest("\uFEFF" + TEXT)).isEqualTo(digest(TEXT));
    assertThat(digest("\uFEFF")).isEqualTo(digest(""));
    assertThat(digest("\r\n\r")).isEqualTo(digest("\n"));
  }

  @Test
  void everythingElseCounts() {
    assertThat(digest(TEXT.replace("\n", " "))).isNotEqualTo(digest(TEXT));
    assertThat(digest(TEXT + "\n")).isNotEqualTo(digest(TEXT));
    assertThat(digest(TEXT + "\uFEFF")).isNotEqualTo(digest(TEXT));
  }

  @Test
  void ofBytecodeEveryByteCounts() {
    byte[] one = {'M', 'L', (byte) 0xEF, 'R', 1, '\r', '\n'};
    byte[] other = {'M', 'L', (byte) 0xEF, 'R', 1, '\n'};

    assertThat(ProgramDigest.of(one)).isNotEqualTo(ProgramDigest.of(other));
  }
}
