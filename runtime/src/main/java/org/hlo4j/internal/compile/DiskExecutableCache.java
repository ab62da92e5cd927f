package org.hlo4j.internal.compile;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.internal.cache.DiskCache;
import org.hlo4j.internal.setting.LongSetting;
import org.hlo4j.plugin.CacheFolder;
import org.jspecify.annotations.Nullable;

/**
 * A disk cache of compiled programs in a folder of the user, for later processes. Programs with an
 * invalid entry are recompiled.
 */
public final class DiskExecutableCache {
  private static final System.Logger LOGGER = System.getLogger("org.hlo4j");
  private static final String PROPERTY = "hlo4j.cache";
  private static final long MAX_BYTES = LongSetting.CACHE.orElse(1L << 30);

  private final @Nullable DiskCache disk;

  private DiskExecutableCache(@Nullable DiskCache disk) {
    this.disk = disk;
  }

  public static DiskExecutableCache off() {
    return new DiskExecutableCache(null);
  }

  /** Returns the cache in a folder, which is created on first use. */
  public static DiskExecutableCache at(Path folder) {
    return new DiskExecutableCache(DiskCache.at(folder, MAX_BYTES));
  }

  /**
   * Returns the cache according to {@code -Dhlo4j.cache}: {@code off}, a folder, or {@code on} (the
   * default) for one among the user's caches.
   *
   * @throws ArgumentException for another value
   */
  public static DiskExecutableCache ofThisJvm() {
    String setting = System.getProperty(PROPERTY, "on");
    return switch (setting) {
      case "off" -> off();
      case "on" -> CacheFolder.EXECUTABLES.find().map(DiskExecutableCache::at).orElse(off());
      default -> at(folder(setting));
    };
  }

  private static Path folder(String setting) {
    try {
      Path folder = Path.of(setting);
      if (folder.isAbsolute()) {
        return folder;
      }
    } catch (InvalidPathException e) {
      throw new ArgumentException(refusal(setting) + ": " + e.getMessage());
    }
    throw new ArgumentException(refusal(setting));
  }

  private static String refusal(String setting) {
    return "-D%s must be on, off, or the absolute path of a folder, not '%s'"
        .formatted(PROPERTY, setting);
  }

  boolean isOff() {
    return disk == null;
  }

  /** Returns the executable under a key, if there is a complete entry. */
  Optional<ExecutableImage> find(String key) {
    if (disk == null) {
      return Optional.empty();
    }
    try {
      return disk.get(key).map(ExecutableImage::of);
    } catch (ArgumentException e) {
      LOGGER.log(System.Logger.Level.DEBUG, "A cache entry cannot be used", e);
      return Optional.empty();
    }
  }

  /** Stores an executable for later processes; if that fails, they recompile. */
  void keep(ExecutableImage executable) {
    if (disk != null) {
      disk.put(executable.key(), executable.toByteArray());
    }
  }
}
