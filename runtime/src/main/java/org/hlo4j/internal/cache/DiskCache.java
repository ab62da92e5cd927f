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
 * A cache of byte arrays in a folder of the user. Any number of threads and processes may share the
 * folder. An entry that is found was written completely, under the same key. Entries that cannot be
 * written or read are treated as missing: a broken cache costs time, and is not an error.
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
   * The cache in a folder, which is made when it is first needed, for the user alone. One that
   * belongs to somebody else, or that others can write to, is not used.
   *
   * @param maxBytes how much the entries may take on disk, all together
   */
  public static DiskCache at(Path folder, long maxBytes) {
    return new DiskCache(folder, maxBytes);
  }

  /**
   * The content under a key, if there is one and it is whole.
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
   * Keeps content under a key, in place of any other. An entry that would take more than an eighth
   * of the cache is not kept: too many others would have to go for it.
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
    // Also keeps keys from being paths to other places.
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
    // A file that no put can have written need not even fit into memory.
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

  /** The time of the last change serves as that of the last use. */
  private static void touch(Path file) {
    try {
      Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
    } catch (IOException e) {
      // Another process has just removed it, or it goes sooner than it should.
      log("touch", file, e);
    }
  }

  private void write(Path file, String key, byte[] content) throws IOException {
    Path temporary = directory.createTemporary();
    try {
      // Without waiting for the disk: a reader finds out what a power failure has left of it.
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
