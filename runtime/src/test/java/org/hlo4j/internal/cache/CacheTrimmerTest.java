package org.hlo4j.internal.cache;

import static com.google.common.truth.Truth.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What goes, and what stays, when a cache is full. */
@DisabledOnOs(OS.WINDOWS) // which has other permissions
final class CacheTrimmerTest {
  /** The blocks that fit: as many entries of less than a block. */
  private static final int BLOCKS = 64;

  private static final long MAX_BYTES = BLOCKS * 4096;

  @TempDir Path temporary;
  private Path folder;
  private DiskCache cache;

  @BeforeEach
  void setUp() {
    folder = temporary.resolve("cache");
    cache = DiskCache.at(folder, MAX_BYTES);
  }

  private static String key(int number) {
    return String.format(Locale.ROOT, "%04x", number);
  }

  private void put(int number, Instant used) throws IOException {
    cache.put(key(number), new byte[100]);
    Files.setLastModifiedTime(folder.resolve(key(number) + ".entry"), FileTime.from(used));
  }

  private List<String> entries() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".entry"))
          .sorted()
          .toList();
    }
  }

  private Path file(String name, Instant modified) throws IOException {
    Path file = Files.writeString(folder.resolve(name), "x");
    return Files.setLastModifiedTime(file, FileTime.from(modified));
  }

  @Test
  void theBoundHoldsAfterEachPut() throws IOException {
    for (int i = 0; i < 5 * BLOCKS; i++) {
      cache.put(key(i), new byte[100]);
      assertThat(entries().size()).isAtMost(BLOCKS);
    }
    assertThat(entries().size()).isAtLeast(BLOCKS / 2);
  }

  @Test
  void theBoundHoldsForManyShortLives() throws IOException {
    for (int i = 0; i < 3 * BLOCKS; i++) {
      DiskCache.at(folder, MAX_BYTES).put(key(i), new byte[100]);
      assertThat(entries().size()).isAtMost(BLOCKS);
    }
    assertThat(entries().size()).isAtLeast(BLOCKS / 2);
  }

  @Test
  void largeEntriesCountAsSuch() throws IOException {
    for (int i = 0; i < BLOCKS; i++) {
      cache.put(key(i), new byte[3 * 4096]);
      // With its header, each takes four blocks.
      assertThat(entries().size()).isAtMost(BLOCKS / 4);
    }
    assertThat(entries().size()).isAtLeast(BLOCKS / 8);
  }

  @Test
  void whatWasUsedLeastRecentlyGoesFirst() throws IOException {
    Instant start = Instant.now().minus(Duration.ofDays(2));
    for (int i = 0; i < BLOCKS - 8; i++) {
      put(i, start.plusSeconds(i));
    }
    // The oldest is used again; then the cache fills up.
    assertThat(cache.get(key(0)).isPresent()).isTrue();
    for (int i = BLOCKS - 8; i < BLOCKS + 8; i++) {
      put(i, start.plusSeconds(i));
    }
    assertThat(entries()).contains(key(0) + ".entry");
    assertThat(entries()).doesNotContain(key(1) + ".entry");
    assertThat(entries()).contains(key(BLOCKS + 7) + ".entry");
    List<String> rest = entries().subList(1, entries().size());
    int oldest = BLOCKS + 8 - rest.size();
    assertThat(rest.getFirst()).isEqualTo(key(oldest) + ".entry");
  }

  @Test
  void temporaryFilesOfDeadProcessesGoAndOthersStay() throws IOException {
    PrivateFiles.createFolders(folder);
    Instant now = Instant.now();
    Path stale = file(".put-123.tmp", now.minus(Duration.ofHours(2)));
    Path fresh = file(".put-456.tmp", now.minus(Duration.ofMinutes(1)));
    cache.put(key(1), new byte[1]);
    assertThat(Files.exists(stale)).isFalse();
    assertThat(Files.exists(fresh)).isTrue();
  }

  @Test
  void whatIsNotTheCachesIsNeitherCountedNorDeleted() throws IOException {
    cache.put(key(0), new byte[1]);
    Instant old = Instant.parse("2020-01-01T00:00:00Z");
    Path note = file("note.txt", old);
    Path hidden = file(".put-me-here", old);
    Path inner = Files.createDirectory(folder.resolve("inner.entry"));
    for (int i = 1; i < 2 * BLOCKS; i++) {
      cache.put(key(i), new byte[1]);
    }
    for (Path other : List.of(note, hidden, inner)) {
      assertThat(Files.exists(other)).isTrue();
    }
  }
}
