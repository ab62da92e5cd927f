package org.hlo4j.internal.setting;

import org.hlo4j.error.ArgumentException;

/**
 * A system property that is a number of bytes. {@link Long#getLong} would ignore what is not a
 * number; here a client is not opened with it, and what runs before uses the default.
 */
public enum LongSetting {
  /** The size to which the cache of compiled programs is trimmed. */
  CACHE("hlo4j.cache.bytes", 0),
  /** The size of unclosed buffers from which the garbage collector is asked to run. */
  COLLECT_AT("hlo4j.collectAt.bytes", 1),
  /** The size of the unused host memory that is kept for transfers. */
  HOST_POOL("hlo4j.hostPool.bytes", 0);

  private static final long WRONG = -1;

  private final String property;
  private final long least;

  LongSetting(String property, long least) {
    this.property = property;
    this.least = least;
  }

  /** The property's value, or the default if the property is not set or is wrong. */
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
   * @throws ArgumentException if one is set to what is not a number of bytes
   */
  public static void checkAll() {
    for (LongSetting setting : values()) {
      String text = System.getProperty(setting.property);
      if (text != null && setting.parse(text) == WRONG) {
        throw new ArgumentException(
            "-D%s is a number of bytes, at least %s, such as 268435456; not '%s'"
                .formatted(setting.property, setting.least, text));
      }
    }
  }
}
