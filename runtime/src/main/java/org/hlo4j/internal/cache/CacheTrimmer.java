package org.hlo4j.internal.cache;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Keeps a cache within its size limit by deleting the least recently used entries. Thread-safe.
 *
 * <p>The folder is listed before the first write of this process, and again whenever an eighth of
 * the limit was written. Listing it for each write would read the attributes of every file; listing
 * it only after many writes would never happen in short processes. Trimming leaves an eighth of the
 * limit free, so this process stays within it; each other process may exceed it by an eighth.
 */
final class CacheTrimmer {
  /** Writing takes seconds, so the writer of a temporary file of this age was killed. */
  private static final Duration STALE = Duration.ofHours(1);

  /** The smallest file's size on most disks, which also bounds the number of files. */
  private static final long BLOCK_BYTES = 4096;

  private record Entry(Path file, long size, FileTime used) {}

  private final CacheDirectory directory;
  private final long maxBytes;
  private long freeBytes;

  CacheTrimmer(CacheDirectory directory, long maxBytes) {
    this.directory = directory;
    this.maxBytes = maxBytes;
  }

  /** Returns the size of a file on disk. */
  static long sizeOnDisk(long bytes) {
    return Math.ceilDiv(bytes, BLOCK_BYTES) * BLOCK_BYTES;
  }

  /** Returns the number of bytes written between two listings of the folder. */
  long stride() {
    return maxBytes / 8;
  }

  /** Makes room for a file of this size, which is at most a stride. */
  synchronized void makeRoom(long size) throws IOException {
    if (size > freeBytes) {
      trim();
      freeBytes = stride();
    }
    freeBytes -= size;
  }

  private void trim() throws IOException {
    List<Entry> entries = entries();
    long total = entries.stream().mapToLong(Entry::size).sum();
    if (total <= maxBytes - stride()) {
      return;
    }
    // Twice a stride, so that a full cache does not lose an entry or two for each listing.
    long goal = maxBytes - 2 * stride();
    entries.sort(Comparator.comparing(Entry::used).thenComparing(Entry::file));
    for (Entry entry : entries) {
      if (total <= goal) {
        return;
      }
      Files.deleteIfExists(entry.file());
      total -= entry.size();
    }
  }

  private List<Entry> entries() throws IOException {
    FileTime stale = FileTime.from(Instant.now().minus(STALE));
    List<Entry> entries = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory.path())) {
      for (Path file : files) {
        boolean temporary = CacheDirectory.isTemporary(file);
        if (!temporary && !CacheDirectory.isEntry(file)) {
          continue;
        }
        BasicFileAttributes attributes = CacheDirectory.fileAttributes(file);
        if (attributes == null) {
          continue;
        }
        if (!temporary) {
          entries.add(
              new Entry(file, sizeOnDisk(attributes.size()), attributes.lastModifiedTime()));
        } else if (attributes.lastModifiedTime().compareTo(stale) < 0) {
          Files.deleteIfExists(file);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return entries;
  }
}
