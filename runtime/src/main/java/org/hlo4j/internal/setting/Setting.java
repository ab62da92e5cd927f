package org.hlo4j.internal.setting;

import java.util.List;
import java.util.Locale;
import org.hlo4j.error.ArgumentException;

/**
 * A system property with two case-insensitive values. Other values prevent opening a client; code
 * that runs earlier uses the default.
 */
public enum Setting {
  /** Whether unclosed tensors are reported. */
  LEAKS("hlo4j.leaks", "off", "report"),
  /** Whether each call records its line. */
  CALL_SITES("hlo4j.callSites", "auto", "all"),
  DOWNLOAD("hlo4j.download", "false", "true");

  private final String property;
  private final String usual;
  private final String special;

  Setting(String property, String usual, String special) {
    this.property = property;
    this.usual = usual;
    this.special = special;
  }

  private String value() {
    return System.getProperty(property, usual).toLowerCase(Locale.ROOT);
  }

  /** Returns whether the property has the value that is not the default. */
  public boolean isSpecial() {
    return value().equals(special);
  }

  /**
   * Checks all settings, including numbers.
   *
   * @throws ArgumentException if one has an invalid value
   */
  public static void checkAll() {
    for (Setting setting : values()) {
      if (!List.of(setting.usual, setting.special).contains(setting.value())) {
        throw new ArgumentException(
            "-D%s must be %s or %s, not '%s'"
                .formatted(setting.property, setting.usual, setting.special, setting.value()));
      }
    }
    LongSetting.checkAll();
  }

  /** Returns the option of {@code java} that sets the value other than the default. */
  public String specialOption() {
    return "-D%s=%s".formatted(property, special);
  }
}
