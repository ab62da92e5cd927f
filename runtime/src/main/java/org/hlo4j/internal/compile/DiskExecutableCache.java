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
 * Compiled programs on disk, in a folder that is the user's alone: what was compiled once on a
 * machine is loaded by every process after that. Whatever is doubtful about an entry, the program
 * is compiled anew.
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

  /** In a folder, which is made when it is first needed. */
  public static DiskExecutableCache at(Path folder) {
    return new DiskExecutableCache(DiskCache.at(folder, MAX_BYTES));
  }

  /**
   * What {@code -Dhlo4j.cache} says: {@code off}, a folder, or, as without it, {@code on} for one
   * among the user's caches.
   *
   * @throws ArgumentException if it is none of these
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
    return "-D%s is on, off, or a folder's absolute path, not '%s'".formatted(PROPERTY, setting);
  }

  boolean isOff() {
    return disk == null;
  }

  /** The executable under a key, if it is there and whole. */
  Optional<ExecutableImage> find(String key) {
    if (disk == null) {
      return Optional.empty();
    }
    try {
      return disk.get(key).map(ExecutableImage::of);
    } catch (ArgumentException e) {
      LOGGER.log(System.Logger.Level.DEBUG, "An entry of the cache is of no use", e);
      return Optional.empty();
    }
  }

  /** Keeps an executable for later processes; if that cannot be done, they compile. */
  void keep(ExecutableImage executable) {
    if (disk != null) {
      disk.put(executable.key(), executable.toByteArray());
    }
  }
}
