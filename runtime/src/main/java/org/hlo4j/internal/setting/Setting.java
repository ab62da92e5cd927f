package org.hlo4j.internal.setting;

import java.util.List;
import java.util.Locale;
import org.hlo4j.error.ArgumentException;

/**
 * A system property that has one of two values, in letters of either case. A client is not opened
 * with another one; what runs before takes it for the usual one.
 */
public enum Setting {
  /** Whether tensors that nobody has closed are reported. */
  LEAKS("hlo4j.leaks", "off", "report"),
  /** Whether each call has its line noted. */
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

  /** Whether it is set to what is not usual. */
  public boolean isSpecial() {
    return value().equals(special);
  }

  /**
   * Checks all settings, and those that are numbers.
   *
   * @throws ArgumentException if one has neither value, or is not a number
   */
  public static void checkAll() {
    for (Setting setting : values()) {
      if (!List.of(setting.usual, setting.special).contains(setting.value())) {
        throw new ArgumentException(
            "-D%s is %s or %s, not '%s'"
                .formatted(setting.property, setting.usual, setting.special, setting.value()));
      }
    }
    LongSetting.checkAll();
  }

  /** The option of {@code java} that sets it to what is not usual. */
  public String specialOption() {
    return "-D%s=%s".formatted(property, special);
  }
}
