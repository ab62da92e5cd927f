package org.hlo4j.plugin;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.hlo4j.error.PluginException;
import org.hlo4j.internal.cache.KeyHasher;

/**
 * Identifies plugin libraries by content, regardless of location. Libraries have hundreds of
 * megabytes, so the fingerprint covers samples: the size, and blocks that differ between any two
 * builds; the first contains the linker's build id. Thread-safe.
 */
public final class PluginFingerprint {
  private static final int BLOCKS = 64;
  private static final int BLOCK_BYTES = 4096;

  /** The fingerprint of a file of a given size and modification time. */
  private record Sampled(long size, FileTime modified, String fingerprint) {
    boolean isOf(BasicFileAttributes file) {
      return size == file.size() && modified.equals(file.lastModifiedTime());
    }
  }

  private static final ConcurrentMap<Path, Sampled> KNOWN = new ConcurrentHashMap<>();

  private PluginFingerprint() {}

  /**
   * Returns the fingerprint of a library, in lower-case hexadecimal digits.
   *
   * @throws PluginException if the library cannot be read
   */
  public static String of(Path library) {
    try {
      Path real = library.toRealPath();
      BasicFileAttributes attributes = Files.readAttributes(real, BasicFileAttributes.class);
      Sampled known = KNOWN.get(real);
      if (known == null || !known.isOf(attributes)) {
        known = new Sampled(attributes.size(), attributes.lastModifiedTime(), sample(real));
        KNOWN.put(real, known);
      }
      return known.fingerprint();
    } catch (IOException e) {
      throw new PluginException("The plugin " + library + " cannot be read: " + e, e);
    }
  }

  private static String sample(Path library) throws IOException {
    KeyHasher hasher = new KeyHasher();
    try (FileChannel file = FileChannel.open(library)) {
      long size = file.size();
      hasher.add(Long.toString(size));
      long last = Math.max(0, size - BLOCK_BYTES);
      for (int i = 0; i < BLOCKS; i++) {
        hasher.add(block(file, last * i / (BLOCKS - 1)));
      }
    }
    return hasher.key();
  }

  private static byte[] block(FileChannel file, long start) throws IOException {
    return Channels.newInputStream(file.position(start)).readNBytes(BLOCK_BYTES);
  }
}
