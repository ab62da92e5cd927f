package org.hlo4j.cli;

import static com.google.common.truth.Truth.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import org.junit.jupiter.api.Test;

final class PluginsCommandTest {
  @Test
  void thePluginInTheCacheIsListedWithItsVersions() {
    Ran ran = Ran.hlo4j("plugins");

    assertThat(ran.status()).isEqualTo(0);
    assertThat(ran.out()).contains("supported   fastatomstruct-xla-cpu\n            at /");
    assertThat(ran.out()).contains("found by the cache folder\n");
    assertThat(ran.out()).contains("PJRT C API 0.106\n");
  }

  @Test
  void scriptsGetTheSameAsJson() {
    Ran ran = Ran.hlo4j("plugins", "--json", "--no-check");

    JsonObject first = JsonParser.parseString(ran.out()).getAsJsonArray().get(0).getAsJsonObject();
    assertThat(first.get("name").getAsString()).isEqualTo("fastatomstruct-xla-cpu");
    assertThat(first.get("origin").getAsString()).isEqualTo("cache");
    assertThat(first.get("status").getAsString()).isEqualTo("not tried");
    assertThat(first.get("library").getAsString()).endsWith(".so");
  }

  @Test
  void installingWhatIsThereDownloadsNothing() {
    Ran ran = Ran.hlo4j("plugins", "install", "cpu");

    assertThat(ran.out()).contains("fastatomstruct-xla-cpu 2026.6.23 already installed at /");
    assertThat(ran.status()).isEqualTo(0);
  }

  @Test
  void aPluginThatIsNotPublishedIsRefusedWithTheNamesThatThereAre() {
    Ran ran = Ran.hlo4j("plugins", "install", "gpu");

    assertThat(ran.status()).isEqualTo(1);
    assertThat(ran.err()).contains("No published plugin is named \"gpu\". There are: cpu");
  }
}
