package org.hlo4j.internal.cache;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A cache of byte arrays in a user's folder, which any number of threads and processes may share.
 * Entries found were written completely, under the same key. Entries that cannot be read or written
 * count as missing, not as errors.
 */
public final class DiskCache {
  private static final System.Logger LOGGER = System.getLogger("org.hlo4j");
  private static final Pattern KEY = Pattern.compile("[0-9a-f]{1,128}");

  private final CacheDirectory directory;
  private final CacheTrimmer trimmer;

  private DiskCache(Path folder, long maxBytes) {
    this.directory = new CacheDirectory(folder.toAbsolutePath());
    this.trimmer = new CacheTrimmer(directory, maxBytes);
  }

  /**
   * Returns the cache in a folder, which is created on first use with access for the user only. A
   * folder that belongs to another user, or that others can write to, is not used.
   *
   * @param maxBytes the limit for the total size of the entries on disk
   */
  public static DiskCache at(Path folder, long maxBytes) {
    return new DiskCache(folder, maxBytes);
  }

  /**
   * Returns the content under a key, if there is a complete entry.
   *
   * @param key lower-case hexadecimal digits
   */
  public Optional<byte[]> get(String key) {
    Path file = fileOf(key);
    try {
      return directory.isUsable() ? read(file, key) : Optional.empty();
    } catch (IOException e) {
      log("read", file, e);
      return Optional.empty();
    }
  }

  /**
   * Stores content under a key, replacing any other. Entries larger than an eighth of the cache are
   * not stored: they would evict too many others.
   *
   * @param key lower-case hexadecimal digits
   */
  public void put(String key, byte[] content) {
    Path file = fileOf(key);
    long size = CacheTrimmer.sizeOnDisk((long) CacheEntryFormat.HEADER_BYTES + content.length);
    if (size > trimmer.stride()) {
      return;
    }
    try {
      directory.create();
      if (directory.isUsable()) {
        trimmer.makeRoom(size);
        write(file, key, content);
      }
    } catch (IOException e) {
      log("write", file, e);
    }
  }

  private Path fileOf(String key) {
    // Also prevents keys from being paths to other places.
    if (!KEY.matcher(key).matches()) {
      throw new IllegalArgumentException("A key is lower-case hexadecimal, not \"" + key + "\"");
    }
    return directory.entry(key);
  }

  private Optional<byte[]> read(Path file, String key) throws IOException {
    BasicFileAttributes attributes = CacheDirectory.fileAttributes(file);
    if (attributes == null) {
      return Optional.empty();
    }
    Optional<byte[]> content = Optional.empty();
    // A file that put cannot have written may not even fit into memory.
    if (CacheTrimmer.sizeOnDisk(attributes.size()) <= trimmer.stride()) {
      try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
        content = CacheEntryFormat.read(in, attributes.size(), key);
      }
    }
    if (content.isPresent()) {
      touch(file);
    } else {
      Files.deleteIfExists(file);
    }
    return content;
  }

  /** The modification time serves as the time of last use. */
  private static void touch(Path file) {
    try {
      Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
    } catch (IOException e) {
      // Another process has just deleted it; or it will be evicted earlier than it should.
      log("touch", file, e);
    }
  }

  private void write(Path file, String key, byte[] content) throws IOException {
    Path temporary = directory.createTemporary();
    try {
      // Not synced to disk: a reader detects the remains of a power failure.
      try (OutputStream out =
          new BufferedOutputStream(Files.newOutputStream(temporary, StandardOpenOption.WRITE))) {
        CacheEntryFormat.write(out, key, content);
      }
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private static void log(String verb, Path file, IOException e) {
    LOGGER.log(System.Logger.Level.DEBUG, () -> "Could not " + verb + " " + file, e);
  }
}
