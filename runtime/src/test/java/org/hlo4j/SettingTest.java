package org.hlo4j;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.hlo4j.error.ArgumentException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SettingTest {
  private static void with(String property, String value, Runnable body) {
    String before = System.getProperty(property);
    System.setProperty(property, value);
    try {
      body.run();
    } finally {
      if (before == null) {
        System.clearProperty(property);
      } else {
        System.setProperty(property, before);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonsense", "", "on", "true"})
  void noClientIsOpenedWithAWrongOne(String value) {
    with(
        "hlo4j.leaks",
        value,
        () ->
            assertThat(assertThrows(ArgumentException.class, Pjrt::open))
                .hasMessageThat()
                .isEqualTo("-Dhlo4j.leaks is off or report, not '%s'".formatted(value)));
    with(
        "hlo4j.callSites",
        value,
        () ->
            assertThat(assertThrows(ArgumentException.class, Pjrt::open))
                .hasMessageThat()
                .isEqualTo("-Dhlo4j.callSites is auto or all, not '%s'".formatted(value)));
  }

  @Test
  void aWrongOneIsTheUsualOne() {
    with("hlo4j.leaks", "nonsense", () -> assertThat(Setting.LEAKS.isSpecial()).isFalse());
  }

  @Test
  void lettersAreOfEitherCase() {
    with(
        "hlo4j.leaks",
        "REPORT",
        () -> {
          Setting.checkAll();
          assertThat(Setting.LEAKS.isSpecial()).isTrue();
        });
  }
}
