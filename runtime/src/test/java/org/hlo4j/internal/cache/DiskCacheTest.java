package org.hlo4j.internal.cache;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS) // which has other permissions, and keeps open files where they are
final class DiskCacheTest {
  private static final long MANY = 1 << 20;
  private static final String KEY = "0123456789abcdef";
  private static final byte[] CONTENT = {1, 2, 3};

  @TempDir Path temporary;
  private Path folder;
  private DiskCache cache;

  @BeforeEach
  void setUp() {
    folder = temporary.resolve("some/cache");
    cache = DiskCache.at(folder, MANY);
  }

  private Path fileOf(String key) {
    return folder.resolve(key + ".entry");
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static void assertFound(DiskCache cache, String key, byte[] content) {
    Optional<byte[]> found = cache.get(key);
    assertThat(found.isPresent()).isTrue();
    assertThat(found.get()).isEqualTo(content);
  }

  private void assertNothing(String key) {
    assertThat(cache.get(key).isPresent()).isFalse();
  }

  @Test
  void whatWasPutIsFoundByAnyCacheOfTheFolder() {
    cache.put(KEY, CONTENT);
    assertFound(cache, KEY, CONTENT);
    assertFound(DiskCache.at(folder, MANY), KEY, CONTENT);
  }

  @Test
  void nothingIsFoundWhereNothingWasPut() {
    assertNothing(KEY);
    cache.put(KEY, CONTENT);
    assertNothing("00");
  }

  @Test
  void askingMakesNoFolder() {
    assertNothing(KEY);
    assertThat(Files.exists(folder)).isFalse();
  }

  @Test
  void emptyContentIsContent() {
    cache.put(KEY, new byte[0]);
    assertFound(cache, KEY, new byte[0]);
  }

  @Test
  void theLastPutCounts() throws IOException {
    cache.put(KEY, CONTENT);
    cache.put(KEY, new byte[] {4});
    assertFound(cache, KEY, new byte[] {4});
    assertThat(names()).containsExactly(KEY + ".entry");
  }

  @Test
  void keysThatCouldBePathsAreRefused() {
    for (String key : new String[] {"", "..", "a/b", "ABC", "0g", " 0", "0\n", "0".repeat(129)}) {
      assertThrows(IllegalArgumentException.class, () -> cache.get(key));
      assertThrows(IllegalArgumentException.class, () -> cache.put(key, CONTENT));
    }
  }

  @Test
  void folderAndFilesAreForTheUserAlone() throws IOException {
    cache.put(KEY, CONTENT);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwx------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(fileOf(KEY))))
        .isEqualTo("rw-------");
  }

  @Test
  void anEntryThatWasCutAnywhereIsGone() throws IOException {
    cache.put(KEY, CONTENT);
    byte[] whole = Files.readAllBytes(fileOf(KEY));
    for (int length = 0; length < whole.length; length++) {
      Files.write(fileOf(KEY), Arrays.copyOf(whole, length));
      assertNothing(KEY);
      assertWithMessage("cut to %s", length).that(names()).isEmpty();
    }
  }

  @Test
  void anEntryWithAnyFlippedBitIsGone() throws IOException {
    cache.put(KEY, CONTENT);
    byte[] whole = Files.readAllBytes(fileOf(KEY));
    for (int bit = 0; bit < whole.length * 8; bit++) {
      byte[] damaged = whole.clone();
      damaged[bit / 8] ^= (byte) (1 << (bit % 8));
      Files.write(fileOf(KEY), damaged);
      assertNothing(KEY);
      assertWithMessage("bit %s", bit).that(names()).isEmpty();
    }
  }

  @Test
  void anEntryWithMoreBehindItIsGone() throws IOException {
    cache.put(KEY, CONTENT);
    Files.write(fileOf(KEY), new byte[] {0}, StandardOpenOption.APPEND);
    assertNothing(KEY);
    assertThat(names()).isEmpty();
  }

  @Test
  void anEntryUnderAnotherKeyIsGone() throws IOException {
    cache.put(KEY, CONTENT);
    Files.move(fileOf(KEY), fileOf("ffff"));
    assertNothing("ffff");
    assertThat(names()).isEmpty();
  }

  @Test
  void aFileThatIsTooLargeToBeAnEntryIsNotEvenRead() throws IOException {
    cache.put(KEY, CONTENT);
    try (SeekableByteChannel file =
        Files.newByteChannel(fileOf("aa"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      file.position(1L << 40).write(ByteBuffer.allocate(1));
    }
    assertNothing("aa");
    assertThat(names()).containsExactly(KEY + ".entry");
  }

  @Test
  void aLinkInPlaceOfAnEntryIsNotFollowed() throws IOException {
    cache.put(KEY, CONTENT);
    Path elsewhere = temporary.resolve("elsewhere");
    Files.move(fileOf(KEY), elsewhere);
    Files.createSymbolicLink(fileOf(KEY), elsewhere);
    assertNothing(KEY);
    assertThat(Files.exists(elsewhere)).isTrue();
  }

  @Test
  void aFolderInPlaceOfAnEntryIsLeftAlone() throws IOException {
    PrivateFiles.createFolders(fileOf(KEY).resolve("full"));
    cache.put(KEY, CONTENT);
    assertNothing(KEY);
    assertThat(names()).containsExactly(KEY + ".entry");
  }

  @Test
  void aFileInPlaceOfTheFolderMeansNoCache() throws IOException {
    Files.createDirectories(folder.getParent());
    Files.writeString(folder, "here");
    cache.put(KEY, CONTENT);
    assertNothing(KEY);
    assertThat(Files.readString(folder)).isEqualTo("here");
  }

  @Test
  void aFolderThatNobodyCanWriteToMeansNoCache() {
    // The one folder of this kind that even root cannot write to.
    DiskCache stuck = DiskCache.at(Path.of("/proc/self/fdinfo"), MANY);
    stuck.put(KEY, CONTENT);
    assertThat(stuck.get(KEY).isPresent()).isFalse();
  }

  @Test
  void aFolderThatOthersCanWriteToIsNotUsed() throws IOException {
    cache.put(KEY, CONTENT);
    for (String permissions : new String[] {"rwxrwx---", "rwx----w-", "rwxrwxrwx"}) {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(permissions));
      assertNothing(KEY);
      cache.put("ffff", CONTENT);
      assertThat(names()).containsExactly(KEY + ".entry");
    }
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    assertFound(cache, KEY, CONTENT);
  }

  @Test
  void aFolderOfSomebodyElseIsNotUsed() throws IOException {
    DiskCache foreign = DiskCache.at(folderOfSomebodyElse(), MANY);
    foreign.put(KEY, CONTENT);
    assertThat(foreign.get(KEY).isPresent()).isFalse();
  }

  private Path folderOfSomebodyElse() throws IOException {
    PrivateFiles.createFolders(folder);
    if (!Files.getOwner(folder).getName().equals("root")) {
      return Path.of("/usr");
    }
    // Root may write everywhere, and is the only one who may give folders away.
    UserPrincipalLookupService users = folder.getFileSystem().getUserPrincipalLookupService();
    return Files.setOwner(folder, users.lookupPrincipalByName("nobody"));
  }

  @Test
  void aFolderThatWasDeletedIsMadeAgain() throws IOException {
    cache.put(KEY, CONTENT);
    Files.delete(fileOf(KEY));
    Files.delete(folder);
    assertNothing(KEY);
    cache.put(KEY, CONTENT);
    assertFound(cache, KEY, CONTENT);
  }

  @Test
  void aThreadThatIsInterruptedLosesNoEntry() {
    cache.put(KEY, CONTENT);
    Thread.currentThread().interrupt();
    try {
      Optional<byte[]> unused = cache.get(KEY);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertFound(cache, KEY, CONTENT);
  }

  @Test
  void anEntryThatWouldFillTheCacheIsNotKept() throws IOException {
    cache.put(KEY, CONTENT);
    cache.put("ffff", new byte[(int) MANY / 8]);
    assertNothing("ffff");
    assertThat(names()).containsExactly(KEY + ".entry");
  }

  @Test
  void theTimeOfAHitIsThatOfTheLastUse() throws IOException {
    cache.put(KEY, CONTENT);
    FileTime old = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));
    Files.setLastModifiedTime(fileOf(KEY), old);
    assertFound(cache, KEY, CONTENT);
    assertThat(Files.getLastModifiedTime(fileOf(KEY))).isGreaterThan(old);
  }
}
