package org.hlo4j.internal.cache;

import static com.google.common.truth.Truth.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class KeyHasherTest {
  private static String keyOf(String... parts) {
    KeyHasher hasher = new KeyHasher();
    for (String part : parts) {
      hasher.add(part);
    }
    return hasher.key();
  }

  @Test
  void aKeyIsSixtyFourLowerCaseDigits() {
    assertThat(keyOf("a")).matches("[0-9a-f]{64}");
  }

  @Test
  void theSamePartsMakeTheSameKey() {
    assertThat(keyOf("a", "b")).isEqualTo(keyOf("a", "b"));
  }

  @Test
  void otherPartsMakeAnotherKeyWhereverTheyAreCut() {
    Set<String> keys =
        Stream.of(
                keyOf(),
                keyOf(""),
                keyOf("", ""),
                keyOf("ab"),
                keyOf("a", "b"),
                keyOf("b", "a"),
                keyOf("ab", ""),
                keyOf("", "ab"))
            .collect(Collectors.toSet());
    assertThat(keys).hasSize(8);
  }

  @Test
  void aTextCountsAsItsBytesInUtf8() {
    byte[] bytes = "größe".getBytes(StandardCharsets.UTF_8);
    assertThat(new KeyHasher().add(bytes).key()).isEqualTo(keyOf("größe"));
  }

  @Test
  void theKeyIsTheDigestOfLengthsAndParts() {
    // printf '\0\0\0\0\0\0\0\1a\0\0\0\0\0\0\0\0' | sha256sum
    assertThat(HexFormat.of().formatHex(new KeyHasher().add("a").add("").digest()))
        .isEqualTo("6aa98e17c109dd8e2ae23a478ceb48e193c730289ba48d741388a3cc8b38ef4f");
  }
}
