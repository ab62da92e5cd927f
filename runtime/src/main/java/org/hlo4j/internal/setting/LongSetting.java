package org.hlo4j.internal.setting;

import org.hlo4j.error.ArgumentException;

/**
 * A system property with a number of bytes. {@link Long#getLong} ignores invalid numbers; here they
 * prevent opening a client, and code that runs earlier uses the default.
 */
public enum LongSetting {
  /** The size limit of the cache of compiled programs. */
  CACHE("hlo4j.cache.bytes", 0),
  /** The size of unclosed buffers that triggers a garbage collection. */
  COLLECT_AT("hlo4j.collectAt.bytes", 1),
  /** The limit of unused host memory kept for transfers. */
  HOST_POOL("hlo4j.hostPool.bytes", 0);

  private static final long WRONG = -1;

  private final String property;
  private final long least;

  LongSetting(String property, long least) {
    this.property = property;
    this.least = least;
  }

  /** Returns the property's value, or the default if it is not set or invalid. */
  public long orElse(long usual) {
    String text = System.getProperty(property);
    long value = text == null ? usual : parse(text);
    return value == WRONG ? usual : value;
  }

  private long parse(String text) {
    try {
      long value = Long.parseLong(text);
      return value >= least ? value : WRONG;
    } catch (NumberFormatException e) {
      return WRONG;
    }
  }

  /**
   * Checks all these properties.
   *
   * @throws ArgumentException if one is not a number of bytes
   */
  public static void checkAll() {
    for (LongSetting setting : values()) {
      String text = System.getProperty(setting.property);
      if (text != null && setting.parse(text) == WRONG) {
        throw new ArgumentException(
            "-D%s must be a number of bytes, at least %s, such as 268435456, not '%s'"
                .formatted(setting.property, setting.least, text));
      }
    }
  }
}
