package org.hlo4j.internal.setting;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.regex.Pattern;
import org.hlo4j.Pjrt;
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
                .isEqualTo("-Dhlo4j.leaks must be off or report, not '%s'".formatted(value)));
    with(
        "hlo4j.callSites",
        value,
        () ->
            assertThat(assertThrows(ArgumentException.class, Pjrt::open))
                .hasMessageThat()
                .isEqualTo("-Dhlo4j.callSites must be auto or all, not '%s'".formatted(value)));
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

  @ParameterizedTest
  @ValueSource(strings = {"", "nonsense", "2g", "1e9", "-1", "0x10", " 1", "9223372036854775808"})
  void noClientIsOpenedWithWhatIsNoNumberOfBytes(String value) {
    for (String property :
        List.of("hlo4j.cache.bytes", "hlo4j.collectAt.bytes", "hlo4j.hostPool.bytes")) {
      with(
          property,
          value,
          () ->
              assertThat(assertThrows(ArgumentException.class, Pjrt::open))
                  .hasMessageThat()
                  .matches(
                      Pattern.quote("-D" + property)
                          + " must be a number of bytes, at least [01], such as 268435456, not "
                          + Pattern.quote("'" + value + "'")));
    }
  }

  @Test
  void collectingAtNothingIsRefused() {
    with(
        "hlo4j.collectAt.bytes",
        "0",
        () ->
            assertThat(assertThrows(ArgumentException.class, Setting::checkAll))
                .hasMessageThat()
                .isEqualTo(
                    "-Dhlo4j.collectAt.bytes must be a number of bytes, at least 1, such as 268435456,"
                        + " not '0'"));
  }

  @Test
  void aWrongNumberIsTheUsualOneUntilAClientIsOpened() {
    with("hlo4j.cache.bytes", "2g", () -> assertThat(LongSetting.CACHE.orElse(7)).isEqualTo(7));
    with("hlo4j.cache.bytes", "2", () -> assertThat(LongSetting.CACHE.orElse(7)).isEqualTo(2));
    assertThat(LongSetting.CACHE.orElse(7)).isEqualTo(7);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "yes", "on"})
  void aDownloadIsAllowedOrNot(String value) {
    with(
        "hlo4j.download",
        value,
        () ->
            assertThat(assertThrows(ArgumentException.class, Pjrt::open))
                .hasMessageThat()
                .isEqualTo("-Dhlo4j.download must be false or true, not '%s'".formatted(value)));
  }
}
